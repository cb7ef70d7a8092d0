import { randomInt, randomUUID } from "node:crypto";
import type { z } from "zod";
import type {
  handedQuizSchema,
  LabelScore,
  Quiz,
  QuizResult,
  QuizState,
} from "#lib/contract/index";
import { marksOf, scoresOf, type QuizRow } from "#lib/db/index";
import { AppError } from "#lib/errors";
import { BOS, tokenTexts } from "#lib/gpt2/index";
import {
  answerQuiz,
  handOutQuiz,
  ownQuiz,
  putQuizAside,
} from "#lib/labels/index";
import type { Actor } from "#lib/policy";
import { Rng } from "#lib/random";
import { hiddenFrom } from "./blind";
import { labels, readerOf } from "./databases";
import { deskOf, type Asked } from "./label-desk";
import { saeIdOf } from "./saes-by-hash";

/** Tokens of a context in a quiz. */
const EXCERPT = 48;

const NOTHING_TO_ASK =
  "There is no label to ask you about: those of other people on features that you labelled yourself do not count, nor those you were asked about before, nor features that fire too seldom for five contexts their page does not show.";

/** The quiz that who asks is to answer, a new one if need be. */
export function nextQuiz(
  asked: Asked,
  saeId: string,
  label: number | undefined,
): z.output<typeof handedQuizSchema> {
  const reader = readerOf(saeId);
  const { saeHash, dSae } = reader.manifest;
  const quiz = handOutQuiz(deskOf(asked), {
    saeHash,
    contextsOf: (feature) => reader.quizContexts(feature),
    from: randomInt(dSae),
    // Not to be guessed from the quizzes before.
    rng: new Rng(randomInt(2 ** 32)),
    newId: randomUUID,
    label,
    hides: hiddenFrom(asked.actor, saeHash),
  });
  return quiz
    ? { quiz: present(quiz), reason: null }
    : { quiz: null, reason: NOTHING_TO_ASK };
}

/** @throws AppError "not_found" for one that was handed to somebody else. */
export function getQuiz(actor: Actor, id: string): QuizState {
  return stateOf(ownQuiz({ db: labels(), actor }, id));
}

export const submitQuiz = (
  asked: Asked,
  id: string,
  marked: readonly number[],
): QuizState => stateOf(answerQuiz(deskOf(asked), id, marked));

export const skipQuiz = (asked: Asked, id: string): QuizState =>
  stateOf(putQuizAside(deskOf(asked), id));

/** Scores of what these labels say now. */
export function labelScores(ids: readonly number[]): LabelScore[] {
  return [...scoresOf(labels(), ids).values()];
}

function stateOf(row: QuizRow): QuizState {
  const quiz = present(row);
  const marks = marksOf(labels(), row);
  if (marks) {
    return { quiz, state: "answered", result: resultOf(row, quiz, marks) };
  }
  const closed =
    row.closedAt !== null || row.expiresAt <= new Date().toISOString();
  return { quiz, state: closed ? "closed" : "open", result: null };
}

/** Text only: what is true of it stays here. */
function present(row: QuizRow): Quiz {
  const texts = readerOf(saeOf(row)).sequences(
    row.contexts.map((context) => context.sequence),
  );
  return {
    id: row.id,
    label: row.labelText,
    expiresAt: row.expiresAt,
    contexts: row.contexts.map(({ sequence, start }) => {
      const tokens = texts.get(sequence);
      if (!tokens) throw builtAgain();
      return { tokens: tokenTexts(excerpt(tokens, start)) };
    }),
  };
}

/** The sequence's first BOS is left out: `from` is what follows it. */
function excerpt(tokens: Uint16Array, start: number): Uint16Array {
  return tokens.subarray(from(tokens, start), start + EXCERPT);
}

const from = (tokens: Uint16Array, start: number) =>
  start === 0 && tokens[0] === BOS ? 1 : start;

function resultOf(
  row: QuizRow,
  quiz: Quiz,
  marks: readonly boolean[],
): QuizResult {
  const reader = readerOf(saeOf(row));
  return {
    feature: row.feature,
    labelId: row.labelId,
    maxActivation: reader.rows([row.feature]).get(row.feature)!.maxActivation,
    contexts: row.contexts.map((context, i) => {
      const { sequence, start, fires, group, reason } = context;
      const { length } = quiz.contexts[i]!.tokens;
      // As `excerpt` cuts it: every token but a first BOS of the sequence.
      const first = start === 0 ? 1 : start;
      const values = Array.from({ length }, () => 0);
      context.positions.forEach((position, p) => {
        values[position - first] = context.values[p]!;
      });
      return {
        marked: marks[i]!,
        fires,
        group,
        reason: reason as QuizResult["contexts"][number]["reason"],
        values,
        sequence,
        start,
      };
    }),
    score: labelScores([row.labelId])[0] ?? null,
  };
}

function saeOf({ saeHash }: QuizRow): string {
  const saeId = saeIdOf(saeHash);
  if (saeId !== null) return saeId;
  throw builtAgain();
}

function builtAgain(): AppError {
  return new AppError(
    "not_found",
    "The index holds this quiz's text no more: it was built again or removed; take the next quiz.",
  );
}
