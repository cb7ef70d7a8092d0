import {
  infiniteQueryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import {
  acceptedMovesSchema,
  decidedMoveSchema,
  movePageSchema,
  type MovesQuery,
  type MoveStateName,
} from "#lib/contract/index";
import { callApi, saePath } from "./api";
import { changeKey, SENDING } from "./change";

export type MovesView = Pick<
  MovesQuery,
  "from" | "threshold" | "mutual" | "state"
>;

const movesKey = (saeId: string) => ["moves", saeId];

/**
 * Pages of labels that may come over from another SAE. Not loaded again while
 * one goes through them: what is decided stays in sight.
 */
export const movesQuery = (saeId: string, view: MovesView) =>
  infiniteQueryOptions({
    queryKey: [...movesKey(saeId), view],
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams({
        from: view.from,
        threshold: String(view.threshold),
        mutual: view.mutual ? "1" : "0",
        state: view.state,
        ...(pageParam === null ? {} : { cursor: pageParam }),
      });
      return callApi(
        `${saePath(saeId, "moves")}?${search.toString()}`,
        movePageSchema,
        { signal },
      );
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: Infinity,
    gcTime: 0,
  });

interface Decision {
  origin: number;
  decision: MoveStateName;
}

/** Takes a label over, rejects it, or takes a rejection back. */
export function useDecideMove(saeId: string) {
  return useMutation({
    ...SENDING,
    mutationFn: ({ key, ...body }: Decision & { key: string }) =>
      callApi(saePath(saeId, "moves"), decidedMoveSchema, {
        method: "PUT",
        body,
        key,
      }),
  });
}

export const keyedDecision = (decision: Decision) => ({
  ...decision,
  key: changeKey(),
});

/** Takes over all that are near enough, some at a time until none is left. */
export function useAcceptMoves(
  saeId: string,
  onProgress: (accepted: number) => void,
) {
  const client = useQueryClient();
  return useMutation({
    networkMode: "always",
    mutationFn: async (wanted: Pick<MovesView, "from" | "threshold">) => {
      let cursor: string | null = null;
      const total = { accepted: 0, left: 0 };
      do {
        const done: {
          accepted: number;
          left: number;
          nextCursor: string | null;
        } = await callApi(saePath(saeId, "moves/all"), acceptedMovesSchema, {
          method: "POST",
          body: { ...wanted, ...(cursor === null ? {} : { cursor }) },
        });
        total.accepted += done.accepted;
        total.left += done.left;
        onProgress(total.accepted);
        cursor = done.nextCursor;
      } while (cursor !== null);
      return total;
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["saes"] }),
        client.invalidateQueries({ queryKey: movesKey(saeId) }),
      ]),
  });
}
