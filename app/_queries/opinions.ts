import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  flagsSchema,
  rubricsSchema,
  type Flag,
  type FlagKind,
  type Labelling,
  type Person,
  type Rubric,
} from "#lib/contract/index";
import { callApi, saePath } from "./api";
import { changeKey, SENDING } from "./change";
import { labellingQuery } from "./labels";
import { useViewer } from "./viewer";

/** One person's marks for a feature. */
export type Marks = Omit<Rubric, "person" | "at">;

/** A change to what one thinks of a feature. */
export type OpinionChange =
  | {
      kind: "flag";
      flag: FlagKind;
      duplicateOf: number | null;
      note: string | null;
    }
  | { kind: "unflag"; flag: FlagKind; person: string }
  | { kind: "mark"; marks: Marks | null };

/** The change, with the key that makes sending it twice harmless. */
export const keyedOpinion = (change: OpinionChange) => ({
  change,
  key: changeKey(),
});

/** Flags and marks: shown at once, taken back if the server refuses. */
export function useOpinionChange(saeId: string, feature: number) {
  const client = useQueryClient();
  const viewer = useViewer();
  const { queryKey } = labellingQuery(saeId, feature);
  const mutationKey = ["opinion", saeId, feature];
  return useMutation({
    ...SENDING,
    mutationKey,
    // One after another: the last of several clicks counts.
    scope: { id: mutationKey.join() },
    mutationFn: async ({
      change,
      key,
    }: {
      change: OpinionChange;
      key: string;
    }) => {
      await send(saeId, feature, change, key);
    },
    onMutate: async ({ change }) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData(queryKey);
      const me = { id: viewer?.id ?? "", name: viewer?.name ?? "You" };
      client.setQueryData(
        queryKey,
        (now: Labelling | undefined) => now && applied(now, change, me),
      );
      return { before };
    },
    onError: (_error, _change, context) => {
      client.setQueryData(queryKey, context?.before);
    },
    onSettled: () => {
      if (client.isMutating({ mutationKey }) > 1) return;
      void client.invalidateQueries({ queryKey: ["saes"] });
      void client.invalidateQueries({ queryKey: ["activity"] });
    },
  });
}

async function send(
  saeId: string,
  feature: number,
  change: OpinionChange,
  key: string,
): Promise<unknown> {
  const flags = saePath(saeId, "features", feature, "flags");
  switch (change.kind) {
    case "flag": {
      const { flag, duplicateOf, note } = change;
      const body = { flag, duplicateOf, note };
      return callApi(flags, flagsSchema, { method: "PUT", body, key });
    }
    case "unflag": {
      const { flag, person } = change;
      const body = { flag, person };
      return callApi(flags, flagsSchema, { method: "DELETE", body, key });
    }
    case "mark":
      return callApi(
        saePath(saeId, "features", feature, "rubric"),
        rubricsSchema,
        { method: "PUT", body: { rubric: change.marks }, key },
      );
  }
}

/** What people think of it, as it will be if the server agrees. */
function applied(now: Labelling, change: OpinionChange, me: Person): Labelling {
  const at = new Date().toISOString();
  const without = (flag: FlagKind, person: string) =>
    now.flags.filter((f) => f.flag !== flag || f.person.id !== person);
  switch (change.kind) {
    case "flag": {
      const { flag, duplicateOf, note } = change;
      const own: Flag = {
        flag,
        duplicateOf,
        note,
        person: me,
        decisive: false,
        at,
      };
      return { ...now, flags: [own, ...without(flag, me.id)] };
    }
    case "unflag":
      return { ...now, flags: without(change.flag, change.person) };
    case "mark": {
      const others = now.rubrics.filter(({ person }) => person.id !== me.id);
      const own =
        change.marks === null ? [] : [{ ...change.marks, person: me, at }];
      return { ...now, rubrics: [...own, ...others] };
    }
  }
}
