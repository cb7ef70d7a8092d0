import {
  closeQuiz,
  findQuiz,
  inTransaction,
  insertQuiz,
  openQuizzes,
  quizCandidates,
  sequencesAsked,
  type QuizCandidate,
  type QuizRecord,
  type QuizRow,
} from "#lib/db/index";
import { AppError } from "#lib/errors";
import { assertMay } from "#lib/policy";
import type { Rng } from "#lib/random";
import { commitAt, type LabelDesk } from "./desk";
import { drawQuiz } from "./draw-quiz";
import { labelOf } from "./labels";

/** A quiz is to be answered within this time. */
export const QUIZ_MINUTES = 60;
/** Labels that are tried before giving up for want of contexts. */
const TRIES = 50;

export interface QuizRequest {
  saeHash: string;
  /** What the index keeps of a feature for quizzes. */
  contextsOf: (feature: number) => QuizRecord | undefined;
  /** Where to begin looking for a label: a feature. */
  from: number;
  rng: Rng;
  newId: () => string;
  /** Features of which the person must not see what others call them. */
  hides?: (feature: number) => boolean;
  /** Ask about this label rather than choose one. */
  label?: number | undefined;
}

/**
 * The quiz that a person is to answer: the one they left open, or a new one
 * about a label that was asked about least. It never holds a context they were
 * shown by an earlier quiz about the same feature.
 *
 * @returns undefined when there is nothing (left) to ask this person.
 * @throws AppError "conflict" when the label that is wanted cannot be asked
 *   about; "not_found".
 */
export function handOutQuiz(
  desk: LabelDesk,
  request: QuizRequest,
): QuizRow | undefined {
  assertMay(desk.actor, "quiz.answer");
  const { db, actor } = desk;
  const { saeHash, label } = request;
  return inTransaction(db, () => {
    const now = desk.now();
    for (const open of openQuizzes(db, actor.id, saeHash)) {
      if (problemOf(desk, open, now) !== undefined) {
        closeQuiz(db, open.id, now.toISOString());
      } else if (label === undefined || open.labelId === label) {
        return open;
      }
    }
    const chosen = candidatesFor(desk, request).filter(
      ({ feature }) => request.hides?.(feature) !== true,
    );
    for (const candidate of chosen.slice(0, TRIES)) {
      const { feature } = candidate;
      const seen = sequencesAsked(db, actor.id, saeHash, feature);
      const kept = request.contextsOf(feature);
      const contexts = kept && drawQuiz(kept, seen, request.rng);
      if (!contexts) continue;
      const quiz: QuizRow = {
        id: request.newId(),
        person: actor.id,
        saeHash,
        feature,
        labelId: candidate.id,
        textVersion: candidate.textVersion,
        labelText: candidate.text,
        contexts,
        handedAt: now.toISOString(),
        expiresAt: new Date(
          now.getTime() + QUIZ_MINUTES * 60_000,
        ).toISOString(),
        closedAt: null,
      };
      insertQuiz(db, quiz);
      return quiz;
    }
    if (label !== undefined) throw cannotAsk();
    return undefined;
  });
}

/**
 * Answers a quiz, once: `marked` are the places (from 0) of the contexts in
 * which the label says that the feature fires.
 *
 * @throws AppError "not_found" for another's; "conflict" when it was answered,
 *   has expired, or the label says something else by now.
 */
export function answerQuiz(
  desk: LabelDesk,
  id: string,
  marked: readonly number[],
): QuizRow {
  assertMay(desk.actor, "quiz.answer");
  const kind = "quiz.answered";
  commitAt(desk, { kind, quiz: id }, (append) => {
    const quiz = ownQuiz(desk, id);
    const now = desk.now();
    const problem = problemOf(desk, quiz, now);
    if (problem !== undefined) throw new AppError("conflict", problem);
    closeQuiz(desk.db, id, now.toISOString());
    append({
      kind,
      saeHash: quiz.saeHash,
      feature: quiz.feature,
      payload: {
        quiz: id,
        label: quiz.labelId,
        textVersion: quiz.textVersion,
        contexts: quiz.contexts.map(({ sequence, start, fires }, i) => ({
          sequence,
          start,
          fires,
          marked: marked.includes(i),
        })),
      },
    });
  });
  return ownQuiz(desk, id);
}

/** Closes a quiz without an answer; its contexts do not come again. */
export function putQuizAside(desk: LabelDesk, id: string): QuizRow {
  assertMay(desk.actor, "quiz.answer");
  return inTransaction(desk.db, () => {
    const quiz = ownQuiz(desk, id);
    if (quiz.closedAt !== null) return quiz;
    closeQuiz(desk.db, id, desk.now().toISOString());
    return ownQuiz(desk, id);
  });
}

/** A quiz handed to this person. @throws AppError "not_found". */
export function ownQuiz(
  { db, actor }: Pick<LabelDesk, "db" | "actor">,
  id: string,
): QuizRow {
  const quiz = findQuiz(db, id);
  if (quiz?.person === actor.id) return quiz;
  throw new AppError("not_found", "You were handed no such quiz.");
}

/** Why it cannot be answered any more; undefined: it can. */
function problemOf(
  desk: LabelDesk,
  quiz: QuizRow,
  now: Date,
): string | undefined {
  if (quiz.closedAt !== null) {
    return "This quiz was answered or put aside before; take the next one.";
  }
  if (quiz.expiresAt <= now.toISOString()) {
    return `A quiz is to be answered within ${QUIZ_MINUTES} minutes; this one has expired, take the next one.`;
  }
  const label = labelOf(desk, quiz.labelId);
  if (label.deletedAt !== null || label.textVersion !== quiz.textVersion) {
    return "Somebody changed or deleted this label in the meantime, so your answer would be about another text; take the next quiz.";
  }
  return undefined;
}

/** Labels to ask about, best first. */
function candidatesFor(
  desk: LabelDesk,
  { saeHash, from, label, rng }: QuizRequest,
): QuizCandidate[] {
  const { db, actor } = desk;
  if (label !== undefined) {
    const { feature, saeHash: of } = labelOf(desk, label);
    if (of !== saeHash) {
      throw new AppError("not_found", `This SAE has no label ${label}.`);
    }
    return quizCandidates(db, actor.id, saeHash, feature, label).candidates;
  }
  // From somewhere in the middle to the end, then from the start.
  const found: QuizCandidate[] = [];
  for (const start of [from, 0]) {
    let next: number | undefined = start;
    for (let i = 0; i < 8 && next !== undefined && found.length === 0; i++) {
      const looked = quizCandidates(db, actor.id, saeHash, next);
      found.push(...looked.candidates);
      next = looked.next;
    }
  }
  const order = rng.permutation(found.length);
  return Array.from(order, (i) => found[i]!).sort(
    (a, b) =>
      Number(a.seen) - Number(b.seen) || a.quizzes - b.quizzes || b.net - a.net,
  );
}

function cannotAsk(): AppError {
  return new AppError(
    "conflict",
    "You cannot be asked about this label: you wrote one for its feature, were asked about it before, or too few contexts are kept for it.",
  );
}
