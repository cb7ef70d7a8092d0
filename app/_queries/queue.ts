import {
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import {
  assignmentSchema,
  flagsSchema,
  handedSchema,
  labelSchema,
  leasesSchema,
  queueSchema,
  skippedSchema,
  type Handed,
  type Label,
  type QueueSettings,
  type QueueView,
} from "#lib/contract/index";
import type { SkipReason } from "#lib/queue-rules";
import { callApi, saePath } from "./api";
import { changeKey, SENDING } from "./change";
import type { LabelContents } from "./labels";

/** How an SAE's queue works and how far it has come. */
export const queueQuery = (saeId: string) =>
  queryOptions({
    queryKey: ["saes", saeId, "queue"],
    queryFn: ({ signal }) =>
      callApi(saePath(saeId, "queue"), queueSchema, { signal }),
  });

/** The next feature to label, beside those in hand. */
export async function takeNext(
  saeId: string,
  seat: string,
  holding: readonly number[],
  view: Partial<QueueView>,
): Promise<Handed> {
  const path = saePath(saeId, "queue", "leases");
  const body = { seat, holding, ...view };
  return (await callApi(path, handedSchema, { method: "POST", body })).handed;
}

/** Keeps what is in hand. @returns what is still one's own. */
export async function keepInHand(
  saeId: string,
  seat: string,
  holding: readonly number[],
): Promise<number[]> {
  const path = saePath(saeId, "queue", "leases");
  const body = { seat, holding };
  const { leases } = await callApi(path, leasesSchema, { method: "PUT", body });
  return leases.map(({ feature }) => feature);
}

/** Gives everything back, even while the page is being closed. */
export function leaveQueue(saeId: string, seat: string): void {
  void fetch(saePath(saeId, "queue", "leases"), {
    method: "PUT",
    keepalive: true,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ seat, holding: [] }),
  }).catch(() => undefined);
}

/** What somebody does with the feature in hand. */
export type QueueAction =
  | { kind: "label"; contents: LabelContents }
  | { kind: "vote"; label: Label }
  | { kind: "accept"; label: Label }
  | { kind: "flag"; flag: "uninterpretable" | "polysemantic" | "dead" }
  | { kind: "skip"; reason: SkipReason };

export interface QueueStep {
  feature: number;
  action: QueueAction;
  /** The label that was made. */
  label?: Label | undefined;
}

interface Sent {
  step: QueueStep;
  undo: boolean;
  key: string;
}

/** Does something with a feature of the queue, or takes it back. */
export function useQueueStep(saeId: string) {
  const client = useQueryClient();
  const { mutateAsync } = useMutation({
    ...SENDING,
    mutationFn: ({ step, undo, key }: Sent) =>
      undo ? takeBack(saeId, step, key) : perform(saeId, step, key),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["saes", saeId] });
    },
  });
  return {
    send: (step: QueueStep) =>
      mutateAsync({ step, undo: false, key: changeKey() }),
    undo: (step: QueueStep) =>
      mutateAsync({ step, undo: true, key: changeKey() }),
  };
}

/** @returns the label that was made or changed, if it was one. */
async function perform(
  saeId: string,
  { feature, action }: QueueStep,
  key: string,
): Promise<Label | undefined> {
  switch (action.kind) {
    case "label":
      return callApi(
        saePath(saeId, "features", feature, "labels"),
        labelSchema,
        { method: "POST", body: action.contents, key },
      );
    case "vote":
      return setOnLabel(action.label, "votes", { value: 1 }, key);
    case "accept":
      return setOnLabel(action.label, "acceptance", { accepted: true }, key);
    case "flag":
      await callApi(saePath(saeId, "features", feature, "flags"), flagsSchema, {
        method: "PUT",
        body: { flag: action.flag },
        key,
      });
      return undefined;
    case "skip":
      await callApi(saePath(saeId, "queue", "skips"), skippedSchema, {
        method: "PUT",
        body: { feature, reason: action.reason },
        key,
      });
      return undefined;
  }
}

async function takeBack(
  saeId: string,
  { feature, action, label }: QueueStep,
  key: string,
): Promise<Label | undefined> {
  switch (action.kind) {
    case "label": {
      if (!label) return undefined;
      const body = { version: label.version };
      const path = `/api/labels/${label.id}`;
      return callApi(path, labelSchema, { method: "DELETE", body, key });
    }
    case "vote":
      return setOnLabel(action.label, "votes", { value: 0 }, key);
    case "accept":
      return setOnLabel(action.label, "acceptance", { accepted: false }, key);
    case "flag":
      await callApi(saePath(saeId, "features", feature, "flags"), flagsSchema, {
        method: "DELETE",
        body: { flag: action.flag },
        key,
      });
      return undefined;
    case "skip":
      await callApi(saePath(saeId, "queue", "skips"), skippedSchema, {
        method: "DELETE",
        body: { feature },
        key,
      });
      return undefined;
  }
}

function setOnLabel(
  { id, version }: Label,
  what: "votes" | "acceptance",
  change: object,
  key: string,
): Promise<Label> {
  const body = { ...change, version };
  const path = `/api/labels/${id}/${what}`;
  return callApi(path, labelSchema, { method: "PUT", body, key });
}

/** What a maintainer changes about the queue. */
export type QueueChange =
  | { kind: "settings"; settings: QueueSettings }
  | { kind: "assign"; assignment: object }
  | { kind: "end"; id: number };

export function useQueueChange(saeId: string) {
  const client = useQueryClient();
  return useMutation({
    ...SENDING,
    mutationFn: async ({
      change,
      key,
    }: {
      change: QueueChange;
      key: string;
    }) => {
      switch (change.kind) {
        case "settings":
          await callApi(saePath(saeId, "queue"), queueSchema, {
            method: "PUT",
            body: change.settings,
            key,
          });
          break;
        case "assign":
          await callApi(
            saePath(saeId, "queue", "assignments"),
            assignmentSchema,
            {
              method: "POST",
              body: change.assignment,
              key,
            },
          );
          break;
        case "end":
          await callApi(`/api/assignments/${change.id}`, assignmentSchema, {
            method: "DELETE",
          });
          break;
      }
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["saes", saeId] });
    },
  });
}
