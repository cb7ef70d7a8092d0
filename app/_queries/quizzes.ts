import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import {
  agreementPageSchema,
  evidencePageSchema,
  handedQuizSchema,
  quizStateSchema,
  type EvidenceList,
} from "#lib/contract/index";
import { callApi, saePath } from "./api";
import { SENDING } from "./change";

/** A quiz of one's own; with the truth once it was answered. */
export const quizQuery = (id: string) =>
  queryOptions({
    queryKey: ["quizzes", id],
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      callApi(`/api/quizzes/${id}`, quizStateSchema, { signal }),
  });

/** Asks for the quiz to answer: the open one, else a new one. */
export function useNextQuiz(saeId: string) {
  const client = useQueryClient();
  return useMutation({
    ...SENDING,
    mutationFn: (label: number | null) =>
      callApi(saePath(saeId, "quizzes"), handedQuizSchema, {
        method: "POST",
        body: label === null ? {} : { label },
      }),
    onSuccess: ({ quiz }) => {
      if (quiz === null) return;
      client.setQueryData(quizQuery(quiz.id).queryKey, {
        quiz,
        state: "open",
        result: null,
      });
    },
  });
}

/** Answers a quiz. */
export function useQuizAnswer(id: string) {
  const client = useQueryClient();
  return useMutation({
    ...SENDING,
    mutationFn: ({ marked, key }: { marked: number[]; key: string }) =>
      callApi(`/api/quizzes/${id}/answer`, quizStateSchema, {
        method: "POST",
        body: { marked },
        key,
      }),
    onSuccess: (state) => {
      client.setQueryData(quizQuery(id).queryKey, state);
      // Scores are shown beside labels.
      void client.invalidateQueries({ queryKey: ["saes"] });
    },
  });
}

/** Puts a quiz aside. */
export function useQuizSkip(id: string) {
  const client = useQueryClient();
  return useMutation({
    ...SENDING,
    mutationFn: () =>
      callApi(`/api/quizzes/${id}`, quizStateSchema, { method: "DELETE" }),
    onSuccess: (state) => {
      client.setQueryData(quizQuery(id).queryKey, state);
    },
  });
}

/** Labels by what speaks for them, page by page. */
export const evidenceQuery = (
  saeId: string,
  list: EvidenceList,
  quizzes: number,
) =>
  infiniteQueryOptions({
    queryKey: ["saes", saeId, "evidence", list, quizzes],
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams({ list, quizzes: String(quizzes) });
      if (pageParam !== null) search.set("cursor", pageParam);
      return callApi(
        `${saePath(saeId, "evidence")}?${search.toString()}`,
        evidencePageSchema,
        { signal },
      );
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const agreementQuery = (saeId: string) =>
  queryOptions({
    queryKey: ["saes", saeId, "agreement"],
    queryFn: ({ signal }) =>
      callApi(saePath(saeId, "agreement"), agreementPageSchema, { signal }),
  });
