import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSound, scoresOf, verifyLabels } from "#lib/db/index";
import {
  answerQuiz,
  deleteLabel,
  drawQuiz,
  editLabel,
  handOutQuiz,
  putQuizAside,
  restoreLabel,
  type LabelDesk,
} from "#lib/labels/index";
import { Rng } from "#lib/random";
import { temporaryFolder } from "#test/db/temporary";
import { as, AT_7, newDesk, SAE, write } from "./desk";
import { kept } from "./quiz-record";

const folder = temporaryFolder();

let ids = 0;
const ask = (desk: LabelDesk, label?: number, record = kept()) =>
  handOutQuiz(desk, {
    saeHash: SAE,
    contextsOf: () => record,
    from: 0,
    rng: new Rng(ids),
    newId: () => `quiz-${ids++}`,
    label,
  });

describe("drawing a quiz", () => {
  test("takes one firing context of each fifth, and near misses first, in any order", () => {
    const orders = new Set<string>();
    for (let seed = 0; seed < 50; seed++) {
      const quiz = drawQuiz(kept(), new Set(), new Rng(seed))!;
      const fires = quiz.filter((context) => context.fires);
      expect(fires.map((context) => context.group).sort()).toEqual([
        0, 1, 2, 3, 4,
      ]);
      expect(
        quiz
          .filter((context) => !context.fires)
          .map((context) => context.reason)
          .sort(),
      ).toEqual(["other", "related", "related", "token", "token"]);
      orders.add(quiz.map((context) => Number(context.fires)).join(""));
    }
    expect(orders.size).toBeGreaterThan(30);
  });

  test("never takes what was seen, makes do with other kinds, and gives up below five", () => {
    fc.assert(
      fc.property(
        fc.nat(20),
        fc.nat(24),
        fc.uniqueArray(fc.nat(130)),
        fc.nat(),
        (firing, silent, seenList, seed) => {
          const seen = new Set(seenList);
          const record = kept(firing, silent);
          const left = (list: readonly { sequence: number }[]) =>
            list.filter(({ sequence }) => !seen.has(sequence)).length;
          const quiz = drawQuiz(record, seen, new Rng(seed));
          if (left(record.firing) < 5 || left(record.silent) < 5) {
            expect(quiz).toBeUndefined();
            return;
          }
          const sequences = quiz!.map((context) => context.sequence);
          expect(new Set(sequences).size).toBe(10);
          expect(sequences.some((sequence) => seen.has(sequence))).toBe(false);
          expect(quiz!.filter((context) => context.fires)).toHaveLength(5);
        },
      ),
      { seed: 7 },
    );
  });
});

test("a person gets four quizzes out of a feature's contexts, all different", () => {
  const ada = newDesk(folder);
  const bo = as(ada, "Bo");
  const seen = new Set<number>();
  for (let i = 0; i < 4; i++) {
    const label = write(ada, `text ${i}`);
    const quiz = ask(bo, label.id)!;
    for (const { sequence } of quiz.contexts) seen.add(sequence);
    if (i % 2 === 0) answerQuiz(bo, quiz.id, [0, 1, 2]);
    else putQuizAside(bo, quiz.id);
  }
  expect(seen.size).toBe(40);
  const fifth = write(ada, "one more");
  expect(() => ask(bo, fifth.id)).toThrow("too few contexts");
  expect(ask(bo)).toBeUndefined();
  // Somebody else is asked about the same ones.
  expect(ask(as(ada, "Cy"), fifth.id)!.contexts).toHaveLength(10);
});

test("labels asked about least come first, those of features known to the person last", () => {
  const ada = newDesk(folder);
  const [bo, cy] = [as(ada, "Bo"), as(ada, "Cy")];
  const first = write(ada, "first", { saeHash: SAE, feature: 1 });
  const second = write(ada, "second", { saeHash: SAE, feature: 2 });
  const quiz = ask(bo)!;
  answerQuiz(bo, quiz.id, [1]);
  const other = quiz.labelId === first.id ? second : first;
  expect(ask(cy)!.labelId).toBe(other.id);
  // Bo knows the one's feature by now, so the other comes first.
  write(ada, "again", { saeHash: SAE, feature: quiz.feature });
  expect(ask(bo)!.labelId).toBe(other.id);
});

test("nobody is asked about a feature whose labels are kept from them", () => {
  const ada = newDesk(folder);
  const label = write(ada, "whales");
  const request = {
    saeHash: SAE,
    contextsOf: () => kept(),
    from: 0,
    rng: new Rng(1),
    newId: () => "hidden",
    hides: (feature: number) => feature === AT_7.feature,
  };
  const bo = as(ada, "Bo");
  expect(handOutQuiz(bo, request)).toBeUndefined();
  expect(() => handOutQuiz(bo, { ...request, label: label.id })).toThrow(
    "cannot be asked",
  );
});

test("the score is of all people's answers about what the label says now", () => {
  const ada = newDesk(folder);
  const label = write(ada, "whales");
  const score = () => scoresOf(ada.db, [label.id]).get(label.id);
  const answer = (name: string, wrong: number) => {
    const desk = as(ada, name);
    const quiz = ask(desk, label.id)!;
    const fires = quiz.contexts.flatMap((c, i) => (c.fires ? [i] : []));
    answerQuiz(desk, quiz.id, fires.slice(wrong));
  };
  answer("Bo", 0);
  answer("Cy", 2);
  expect(score()).toMatchObject({
    quizzes: 2,
    people: 2,
    hits: 8,
    misses: 2,
    falseAlarms: 0,
    rejections: 10,
    accuracy: 0.9,
  });
  const before = score();

  // A note changes nothing; deleting takes it away, restoring brings it back.
  let { version } = editLabel(ada, label.id, { note: "n", version: 1 });
  expect(score()).toEqual(before);
  ({ version } = deleteLabel(ada, label.id, { version }));
  expect(score()).toBeUndefined();
  ({ version } = restoreLabel(ada, label.id, { version }));
  expect(score()).toEqual(before);
  editLabel(ada, label.id, { text: "ships", version });
  expect(score()).toBeUndefined();
  answer("Di", 5);
  expect(score()).toMatchObject({ quizzes: 1, people: 1, accuracy: 0.5 });
});

test("scores are made anew of the events, and a wrong one is found and repaired", () => {
  const ada = newDesk(folder);
  const label = write(ada, "whales", AT_7);
  for (const name of ["Bo", "Cy"]) {
    const desk = as(ada, name);
    answerQuiz(desk, ask(desk, label.id)!.id, [0, 1, 2, 3]);
  }
  deleteLabel(ada, label.id, { version: 1 });
  const file = ada.db.$client.name;
  expect(isSound(verifyLabels(file))).toBe(true);
  ada.db.$client.exec("UPDATE label_scores SET lower = 0.99, live = 1");
  const check = verifyLabels(file, { repair: true });
  expect(check.repaired).toEqual(["label_scores"]);
  expect(isSound(verifyLabels(file))).toBe(true);
  expect(scoresOf(ada.db, [label.id]).size).toBe(0);
});

test("a viewer is asked nothing", () => {
  const ada = newDesk(folder);
  write(ada, "whales");
  expect(() => ask(as(ada, "Vi", "viewer"))).toThrow("answer quizzes");
});
