import {
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import {
  labelHistorySchema,
  labellingSchema,
  labelSchema,
  type Label,
  type Labelling,
} from "#lib/contract/index";
import { callApi, saePath } from "./api";
import { changeKey, SENDING } from "./change";
import { useViewer } from "./viewer";

export const labelHistoryQuery = (labelId: number) =>
  queryOptions({
    queryKey: ["labels", labelId],
    staleTime: 0,
    queryFn: ({ signal }) =>
      callApi(`/api/labels/${labelId}`, labelHistorySchema, { signal }),
  });

/** Everything people said of a feature. */
export const labellingQuery = (saeId: string, feature: number) =>
  queryOptions({
    queryKey: ["saes", saeId, "labelling", feature],
    queryFn: ({ signal }) =>
      callApi(
        saePath(saeId, "features", feature, "labelling"),
        labellingSchema,
        { signal },
      ),
  });

/** What a label says. */
export type LabelContents = Pick<
  Label,
  "text" | "note" | "confidence" | "tags"
>;

/** A change to one feature's labels. */
export type LabelChange =
  | { kind: "create"; contents: LabelContents }
  | { kind: "edit"; label: Label; contents: LabelContents }
  | { kind: "delete" | "restore"; label: Label }
  | { kind: "revert"; label: Label; to: number }
  | { kind: "vote"; label: Label; value: 1 | -1 | 0 }
  | { kind: "accept"; label: Label; accepted: boolean };

const OPTIMISTIC_ID = -1;

/**
 * Changes a feature's labels: shown at once, taken back if the server refuses
 * (409 when somebody else changed the label first).
 */
export function useLabelChange(saeId: string, feature: number) {
  const client = useQueryClient();
  const me = useViewer() ?? { id: "", name: "You" };
  const { queryKey } = labellingQuery(saeId, feature);
  return useMutation({
    ...SENDING,
    mutationFn: ({ change, key }: { change: LabelChange; key: string }) =>
      send(saeId, feature, change, key),
    onMutate: async ({ change }) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData(queryKey);
      client.setQueryData(
        queryKey,
        (now: Labelling | undefined) =>
          now && { ...now, labels: applied(now.labels, change, feature, me) },
      );
      return { before };
    },
    onError: (_error, _change, context) => {
      client.setQueryData(queryKey, context?.before);
    },
    // Not waited for: whoever made the change goes on at once.
    onSettled: (_result, _error, { change }) => {
      if ("label" in change) {
        void client.invalidateQueries({
          queryKey: labelHistoryQuery(change.label.id).queryKey,
        });
      }
      // Lists, searches and counts show labels too.
      void client.invalidateQueries({ queryKey: ["saes"] });
    },
  });
}

/** The change, with the key that makes sending it twice harmless. */
export const keyed = (change: LabelChange) => ({ change, key: changeKey() });

function send(
  saeId: string,
  feature: number,
  change: LabelChange,
  key: string,
): Promise<Label> {
  if (change.kind === "create") {
    const path = saePath(saeId, "features", feature, "labels");
    const body = change.contents;
    return callApi(path, labelSchema, { method: "POST", body, key });
  }
  const { version } = change.label;
  const [method, rest, body] = request(change);
  return callApi(`/api/labels/${change.label.id}${rest}`, labelSchema, {
    method,
    body: { ...body, version },
    key,
  });
}

function request(
  change: Exclude<LabelChange, { kind: "create" }>,
): ["POST" | "PUT" | "DELETE", string, object] {
  switch (change.kind) {
    case "edit":
      return ["PUT", "", change.contents];
    case "delete":
      return ["DELETE", "", {}];
    case "restore":
      return ["POST", "/restore", {}];
    case "revert":
      return ["POST", "/revert", { to: change.to }];
    case "vote":
      return ["PUT", "/votes", { value: change.value }];
    case "accept":
      return ["PUT", "/acceptance", { accepted: change.accepted }];
  }
}

/** The labels as they will be if the server agrees. */
function applied(
  labels: Label[],
  change: LabelChange,
  feature: number,
  me: { id: string; name: string },
): Label[] {
  const only = (update: (label: Label) => Label) =>
    labels.map((label) =>
      "label" in change && label.id === change.label.id ? update(label) : label,
    );
  switch (change.kind) {
    case "create":
      return [optimistic(change.contents, feature, me), ...labels];
    case "edit":
      return only((label) => ({ ...label, ...change.contents, editor: me }));
    case "delete":
      return labels.filter((label) => label.id !== change.label.id);
    case "restore":
      return [{ ...change.label, deleted: false }, ...labels];
    case "revert":
      return labels;
    case "vote":
      return only((label) => voted(label, change.value));
    case "accept":
      return labels.map((label) => ({
        ...label,
        accepted: change.accepted && label.id === change.label.id,
      }));
  }
}

function voted(label: Label, value: 1 | -1 | 0): Label {
  const one = (of: number, sign: number) => (of === sign ? 1 : 0);
  return {
    ...label,
    up: label.up - one(label.myVote, 1) + one(value, 1),
    down: label.down - one(label.myVote, -1) + one(value, -1),
    myVote: value,
  };
}

function optimistic(
  contents: LabelContents,
  feature: number,
  me: { id: string; name: string },
): Label {
  const now = new Date().toISOString();
  const person = { id: me.id, name: me.name };
  return {
    id: OPTIMISTIC_ID,
    feature,
    ...contents,
    author: person,
    editor: person,
    createdAt: now,
    updatedAt: now,
    version: 1,
    deleted: false,
    up: 0,
    down: 0,
    myVote: 0,
    accepted: false,
    acceptedBy: null,
  };
}
