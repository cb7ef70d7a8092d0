import {
  queryOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from "@tanstack/react-query";
import {
  labelHistorySchema,
  labelSchema,
  type FeatureDetail,
  type Label,
} from "#lib/contract/index";
import { callApi, saePath } from "./api";
import { featureQuery } from "./features";

export const labelHistoryQuery = (labelId: number) =>
  queryOptions({
    queryKey: ["labels", labelId],
    staleTime: 0,
    queryFn: ({ signal }) =>
      callApi(`/api/labels/${labelId}`, labelHistorySchema, { signal }),
  });

/** A change to one feature's labels. */
export type LabelChange =
  | { kind: "create"; text: string }
  | { kind: "edit"; label: Label; text: string }
  | { kind: "delete"; label: Label }
  | { kind: "restore"; label: Label };

const OPTIMISTIC_ID = -1;
const MYSELF = { id: "", name: "You" };

/**
 * Changes a feature's labels: shown at once, taken back if the server refuses
 * (409 when somebody else changed the label first).
 */
export function useLabelChange(saeId: string, feature: number) {
  const client = useQueryClient();
  const { queryKey } = featureQuery(saeId, feature);
  return useMutation({
    mutationFn: (change: LabelChange) => send(saeId, feature, change),
    onMutate: async (change) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData(queryKey);
      setLabels(client, queryKey, (labels) => applied(labels, change, feature));
      return { before };
    },
    onError: (_error, _change, context) => {
      client.setQueryData(queryKey, context?.before);
    },
    onSettled: async (_result, _error, change) => {
      if ("label" in change) {
        await client.invalidateQueries({
          queryKey: labelHistoryQuery(change.label.id).queryKey,
        });
      }
      // Lists, searches and counts show labels too.
      await client.invalidateQueries({ queryKey: ["saes"] });
    },
  });
}

function send(saeId: string, feature: number, change: LabelChange) {
  switch (change.kind) {
    case "create":
      return callApi(
        saePath(saeId, "features", feature, "labels"),
        labelSchema,
        { method: "POST", body: { text: change.text } },
      );
    case "edit":
      return callApi(`/api/labels/${change.label.id}`, labelSchema, {
        method: "PUT",
        body: { text: change.text, version: change.label.version },
      });
    case "delete":
      return callApi(`/api/labels/${change.label.id}`, labelSchema, {
        method: "DELETE",
        body: { version: change.label.version },
      });
    case "restore":
      return callApi(`/api/labels/${change.label.id}/restore`, labelSchema, {
        method: "POST",
        body: { version: change.label.version },
      });
  }
}

/** The labels as they will be if the server agrees. */
function applied(
  labels: Label[],
  change: LabelChange,
  feature: number,
): Label[] {
  const now = new Date().toISOString();
  switch (change.kind) {
    case "create":
      return [
        {
          id: OPTIMISTIC_ID,
          feature,
          text: change.text,
          note: null,
          confidence: null,
          tags: [],
          author: MYSELF,
          editor: MYSELF,
          createdAt: now,
          updatedAt: now,
          version: 1,
          deleted: false,
          up: 0,
          down: 0,
          myVote: 0,
          accepted: false,
          acceptedBy: null,
        },
        ...labels,
      ];
    case "edit":
      return labels.map((label) =>
        label.id === change.label.id ? { ...label, text: change.text } : label,
      );
    case "delete":
      return labels.filter((label) => label.id !== change.label.id);
    case "restore":
      return [change.label, ...labels];
  }
}

function setLabels(
  client: QueryClient,
  queryKey: ReturnType<typeof featureQuery>["queryKey"],
  update: (labels: Label[]) => Label[],
): void {
  client.setQueryData(
    queryKey,
    (feature: FeatureDetail | undefined) =>
      feature && { ...feature, labels: update(feature.labels) },
  );
}
