"use client";

import { useEffect, useRef } from "react";
import { z } from "zod";
import type { CommentChange } from "#app/_queries/comments";
import { useCommentChange } from "#app/_queries/comments";
import { useDraft } from "./use-draft";

/** A comment as it is being written. */
const commentDraftSchema = z.object({
  text: z.string(),
  /** The label it is about; null: the feature. */
  label: z.number().nullable(),
  /** For an edit: the version it was made from. */
  version: z.number().nullable(),
});
export type CommentDraft = z.infer<typeof commentDraftSchema>;

export const EMPTY_COMMENT: CommentDraft = {
  text: "",
  label: null,
  version: null,
};

/**
 * A comment being written, and how it is sent. What the server refuses comes
 * back into the draft, before what was typed since, wherever the page is then.
 */
export function useCommentDraft(
  key: string,
  saeId: string,
  feature: number,
): {
  draft: CommentDraft | null;
  setDraft: (draft: CommentDraft | null) => void;
  change: ReturnType<typeof useCommentChange>;
} {
  const [draft, setDraft] = useDraft(key, commentDraftSchema);
  const latest = useRef(draft);
  useEffect(() => {
    latest.current = draft;
  }, [draft]);
  const change = useCommentChange(saeId, feature, (sent: CommentChange) => {
    if (sent.kind !== "post") return;
    const since = latest.current?.text.trim() ?? "";
    const text = since === "" ? sent.text : `${sent.text}\n\n${since}`;
    setDraft({ text, label: sent.label, version: null });
  });
  return { draft, setDraft, change };
}
