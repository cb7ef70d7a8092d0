import type { z } from "zod";
import type {
  evidencePageSchema,
  evidenceQuerySchema,
} from "#lib/contract/index";
import {
  decodeCursor,
  disputedLabels,
  doubtedLabels,
  encodeCursor,
  provenLabels,
  scoresOf,
  untestedLabels,
  type EvidenceRow,
} from "#lib/db/index";
import type { Actor } from "#lib/policy";
import { hiddenFrom } from "./blind";
import { labels, readerOf } from "./databases";
import { peopleOf } from "./people-names";

/** Labels of an SAE by what speaks for them; a page is shorter by what is hidden. */
export function listEvidence(
  saeId: string,
  query: z.output<typeof evidenceQuerySchema>,
  viewer: Actor,
): z.output<typeof evidencePageSchema> {
  const { saeHash } = readerOf(saeId).manifest;
  const { list, quizzes, cursor, limit } = query;
  const after =
    cursor === undefined ? null : decodeCursor(`evidence ${list}`, cursor);
  const page = { saeHash, after, limit: limit + 1 };
  const rows = {
    proven: () => provenLabels(labels(), page, quizzes),
    doubted: () => doubtedLabels(labels(), page, quizzes),
    untested: () => untestedLabels(labels(), page),
    disputed: () => disputedLabels(labels(), page),
  }[list]();
  const shown = rows.slice(0, limit);
  const scores = scoresOf(
    labels(),
    shown.map((row) => row.label),
  );
  const valueOf = {
    proven: (row: EvidenceRow) => scores.get(row.label)!.lower,
    doubted: (row: EvidenceRow) => scores.get(row.label)!.upper,
    untested: (row: EvidenceRow) => row.feature,
    disputed: (row: EvidenceRow) => row.feature,
  }[list];
  const person = peopleOf(shown.map((row) => row.author));
  const hides = hiddenFrom(viewer, saeHash);
  const last = shown.at(-1);
  return {
    labels: shown
      .filter((row) => !hides(row.feature))
      .map(({ author, acceptedLabel, ...row }) => ({
        ...row,
        author: person(author),
        accepted: acceptedLabel === row.label,
        score: scores.get(row.label) ?? null,
      })),
    nextCursor:
      last && rows.length > limit
        ? encodeCursor(`evidence ${list}`, {
            value: valueOf(last),
            feature: last.label,
          })
        : null,
  };
}
