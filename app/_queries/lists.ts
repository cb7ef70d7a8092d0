import {
  infiniteQueryOptions,
  useMutation,
  useQueryClient,
  type InfiniteData,
} from "@tanstack/react-query";
import {
  listDetailSchema,
  listPageSchema,
  listSchema,
  type List,
  type ListDetail,
  type ListItem,
} from "#lib/contract/index";
import { callApi } from "./api";
import { changeKey, SENDING } from "./change";
import { movedTo } from "./list-order";

/** Lists, of a person or all, the newest first. */
export const listsQuery = (owner: string | null) =>
  infiniteQueryOptions({
    queryKey: ["lists", "of", owner],
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams(owner === null ? {} : { owner });
      if (pageParam !== null) search.set("cursor", pageParam);
      return callApi(`/api/lists?${search.toString()}`, listPageSchema, {
        signal,
      });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** A list with its features, in its order. */
export const listQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: ["lists", id],
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === null ? "" : `?cursor=${pageParam}`;
      return callApi(`/api/lists/${id}${cursor}`, listDetailSchema, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** A feature as the API names it. */
export interface ItemAddress {
  sae: string;
  feature: number;
}

export type ListChange =
  | { kind: "describe"; list: List; name: string; description: string }
  | { kind: "delete" | "restore"; list: List }
  | { kind: "add"; item: ItemAddress; note?: string | null }
  | { kind: "remove"; item: ItemAddress }
  /** Before another; null: to the end. */
  | { kind: "move"; item: ItemAddress; before: ItemAddress | null }
  | { kind: "note"; item: ItemAddress; note: string | null };

/** The change, with the key that makes sending it twice harmless. */
export const keyedList = (change: ListChange) => ({
  change,
  key: changeKey(),
});

type Pages = InfiniteData<ListDetail>;

/** Changes a list: shown at once, taken back if the server refuses. */
export function useListChange(id: number) {
  const client = useQueryClient();
  const { queryKey } = listQuery(id);
  const mutationKey = ["list", id];
  return useMutation({
    ...SENDING,
    mutationKey,
    // One after another: where a feature goes depends on the move before.
    scope: { id: mutationKey.join() },
    mutationFn: ({ change, key }: { change: ListChange; key: string }) =>
      send(id, change, key),
    onMutate: async ({ change }) => {
      await client.cancelQueries({ queryKey });
      client.setQueryData(queryKey, (now: Pages | undefined) =>
        applied(now, change),
      );
    },
    onSuccess: (list) => {
      client.setQueryData(
        queryKey,
        (now: Pages | undefined) =>
          now && {
            ...now,
            pages: now.pages.map((page) => ({ ...page, list })),
          },
      );
    },
    onSettled: () => {
      // Not while another is on its way: the list would jump.
      if (client.isMutating({ mutationKey }) > 1) return;
      void client.invalidateQueries({ queryKey: ["lists"] });
      void client.invalidateQueries({ queryKey: ["activity"] });
    },
  });
}

interface NewList {
  name: string;
  description: string;
  /** What it is made for. */
  item: ItemAddress | null;
  key: string;
}

/** Makes a list, and puts a feature on it. */
export function useNewList() {
  const client = useQueryClient();
  return useMutation({
    ...SENDING,
    mutationFn: async ({ name, description, item, key }: NewList) => {
      const body = { name, description };
      const method = "POST";
      const made = await callApi("/api/lists", listSchema, {
        method,
        body,
        key,
      });
      if (item === null) return made;
      return send(made.id, { kind: "add", item }, `${key}-item`);
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["lists"] });
      void client.invalidateQueries({ queryKey: ["saes"] });
    },
  });
}

function send(id: number, change: ListChange, key: string): Promise<List> {
  const [method, rest, body] = request(change);
  return callApi(`/api/lists/${id}${rest}`, listSchema, { method, body, key });
}

function request(
  change: ListChange,
): ["POST" | "PUT" | "DELETE", string, object] {
  switch (change.kind) {
    case "describe": {
      const { name, description, list } = change;
      return ["PUT", "", { name, description, version: list.version }];
    }
    case "delete":
      return ["DELETE", "", { version: change.list.version }];
    case "restore":
      return ["POST", "/restore", { version: change.list.version }];
    case "add": {
      const { item, note = null } = change;
      return ["POST", "/items", { items: [{ ...address(item), note }] }];
    }
    case "remove":
      return ["DELETE", "/items", { items: [address(change.item)] }];
    case "move": {
      const { item, before } = change;
      const to = before && address(before);
      return ["PUT", "/order", { ...address(item), before: to }];
    }
    case "note":
      return ["PUT", "/order", { ...address(change.item), note: change.note }];
  }
}

const address = ({ sae, feature }: ItemAddress) => ({ sae, feature });

/** The list as it will be if the server agrees. */
function applied(pages: Pages | undefined, change: ListChange) {
  if (!pages) return pages;
  const named = (list: List): List =>
    change.kind === "describe"
      ? { ...list, name: change.name, description: change.description }
      : change.kind === "delete" || change.kind === "restore"
        ? { ...list, deleted: change.kind === "delete" }
        : list;
  const before = pages.pages.flatMap((page) => page.items);
  const items = changedItems(before, change);
  // Pages keep their lengths; the last one takes what is more or less.
  let start = 0;
  return {
    ...pages,
    pages: pages.pages.map((page, i) => {
      const last = i === pages.pages.length - 1;
      const end = last ? items.length : start + page.items.length;
      const shown = items.slice(start, end);
      start = end;
      return { ...page, list: named(page.list), items: shown };
    }),
  };
}

function changedItems(items: ListItem[], change: ListChange): ListItem[] {
  const isItem = (item: ListItem, at: ItemAddress) =>
    item.sae === at.sae && item.feature === at.feature;
  switch (change.kind) {
    case "remove":
      return items.filter((item) => !isItem(item, change.item));
    case "note":
      return items.map((item) =>
        isItem(item, change.item) ? { ...item, note: change.note } : item,
      );
    case "move": {
      const { item, before } = change;
      const from = items.findIndex((other) => isItem(other, item));
      const to =
        before === null
          ? items.length
          : items.findIndex((other) => isItem(other, before));
      return movedTo(items, from, to);
    }
    case "add":
    case "describe":
    case "delete":
    case "restore":
      return items;
  }
}
