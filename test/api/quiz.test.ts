import { beforeAll, expect, test, vi } from "vitest";
import type {
  FeatureDetail,
  FoundExamples,
  Label,
  Labelling,
  LabelEvent,
  Quiz,
  QuizState,
} from "#lib/contract/index";
import { labels, readerOf } from "#app/_server/databases";
import { FIXTURE_SAE_ID } from "#test/db/fixture";
import { temporaryFolder } from "#test/db/temporary";
import { writeE2eData } from "#test/e2e-data";
import { personOf } from "./people";

vi.mock("#app/_server/session", async () => ({
  actorOf: (await import("./people")).currentActor,
}));

const folder = temporaryFolder();
type Person = ReturnType<typeof personOf>;
let ada: Person;
let bo: Person;
let cy: Person;
/** Features with contexts for a quiz at least. */
let askable: number[];

beforeAll(() => {
  vi.stubEnv("DATA_DIR", folder);
  writeE2eData(folder);
  ada = personOf(folder, "Ada");
  bo = personOf(folder, "Bo");
  cy = personOf(folder, "Cy");
  askable = Array.from({ length: 200 }, (_, i) => i).filter((feature) => {
    const kept = readerOf(FIXTURE_SAE_ID).quizContexts(feature)!;
    return kept.firing.length >= 15 && kept.silent.length >= 15;
  });
});

const SAE = `/saes/${FIXTURE_SAE_ID}`;
const write = (who: Person, feature: number, text: string) =>
  who.send<Label>("POST", `${SAE}/features/${feature}/labels`, { text });
const next = (who: Person, label?: number) =>
  who.send<{ quiz: Quiz | null; reason: string | null }>(
    "POST",
    `${SAE}/quizzes`,
    label === undefined ? {} : { label },
  );
const answer = (who: Person, id: string, marked: number[]) =>
  who.send<QuizState>("POST", `/quizzes/${id}/answer`, { marked });
/** What the server keeps to itself. */
const truthOf = (id: string) =>
  labels()
    .$client.prepare<
      [string],
      { feature: number; label_id: number; contexts: string }
    >("SELECT feature, label_id, contexts FROM quizzes WHERE id = ?")
    .get(id)!;
const contextsOf = (id: string) =>
  JSON.parse(truthOf(id).contexts) as { sequence: number; fires: boolean }[];
const firingOf = (id: string) =>
  contextsOf(id).flatMap((context, i) => (context.fires ? [i] : []));

/** Names of all fields anywhere in a JSON value. */
function fields(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(fields);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, v]) => [name, ...fields(v)]);
}

test("there are features to ask about in the fixture", () => {
  expect(askable.length).toBeGreaterThan(20);
});

test("what is kept for quizzes is shown by nothing of the feature's page", async () => {
  for (const feature of askable) {
    const at = `${SAE}/features/${feature}`;
    const { groups } = await ada.send<FeatureDetail>("GET", at);
    const { examples } = await ada.send<FoundExamples>(
      "GET",
      `${at}/examples?above=0&limit=50`,
    );
    const shown = new Set(
      [...groups.flatMap((group) => group.examples), ...examples].map(
        (example) => example.sequence,
      ),
    );
    const { firing, silent } = readerOf(FIXTURE_SAE_ID).quizContexts(feature)!;
    for (const { sequence } of [...firing, ...silent]) {
      expect(shown.has(sequence)).toBe(false);
    }
  }
});

test("a quiz tells nothing of the answer before it is given, in any of its answers", async () => {
  const label = await write(ada, askable[0]!, "storms at sea");
  const handed = await next(bo, label.id);
  const { quiz } = handed;
  expect(quiz!.label).toBe("storms at sea");
  expect(quiz!.contexts).toHaveLength(10);
  expect(firingOf(quiz!.id)).toHaveLength(5);
  const state = await bo.send<QuizState>("GET", `/quizzes/${quiz!.id}`);
  expect(state).toEqual({ quiz, state: "open", result: null });
  for (const said of [handed, state]) {
    const names = new Set(fields(said));
    names.delete("partial");
    expect(names).toEqual(
      new Set([
        ...Object.keys(said),
        ...["id", "label", "expiresAt", "contexts", "tokens", "text"],
        ...(said === state ? ["quiz"] : []),
      ]),
    );
  }
  // Left open, it is handed out again, as it was.
  expect(await next(bo)).toEqual(handed);
  // Nobody else's.
  expect(await cy.ask("GET", `/quizzes/${quiz!.id}`)).toMatchObject({
    status: 404,
  });
  expect(
    await cy.ask("POST", `/quizzes/${quiz!.id}/answer`, { marked: [1] }),
  ).toMatchObject({ status: 404 });
});

test("an answer tells the truth and is scored beside the label", async () => {
  const { quiz } = await next(bo);
  const fires = firingOf(quiz!.id);
  // Four of five found, and one false alarm.
  const silent = [...Array(10).keys()].find((i) => !fires.includes(i))!;
  const marked = [...fires.slice(0, 4), silent];
  const { state, result } = await answer(bo, quiz!.id, marked);
  expect(state).toBe("answered");
  const { feature, label_id: label } = truthOf(quiz!.id);
  expect(result).toMatchObject({ feature, labelId: label });
  expect(result!.contexts.map((c) => c.fires)).toEqual(
    contextsOf(quiz!.id).map((c) => c.fires),
  );
  result!.contexts.forEach((context, i) => {
    expect(context.marked).toBe(marked.includes(i));
    expect(context.values).toHaveLength(quiz!.contexts[i]!.tokens.length);
    expect(context.values.some((v) => v > 0)).toBe(context.fires);
    expect(context.reason === null).toBe(context.fires);
  });
  const score = {
    label,
    accuracy: 0.8,
    quizzes: 1,
    people: 1,
    hits: 4,
    misses: 1,
    falseAlarms: 1,
    rejections: 4,
  };
  expect(result!.score).toMatchObject(score);
  const { scores } = await ada.send<Labelling>(
    "GET",
    `${SAE}/features/${feature}/labelling`,
  );
  expect(scores).toEqual([result!.score]);
  expect(await bo.send("GET", `/quizzes/${quiz!.id}`)).toMatchObject({
    state: "answered",
    result,
  });
  expect(
    await bo.ask("POST", `/quizzes/${quiz!.id}/answer`, { marked: [] }),
  ).toMatchObject({
    status: 409,
    body: { error: { message: expect.stringContaining("answered") } },
  });
});

test("an answer sent twice with one key counts once", async () => {
  const label = await write(ada, askable[1]!, "bread");
  const { quiz } = await next(bo, label.id);
  const key = { "idempotency-key": "quiz-key-1" };
  const path = `/quizzes/${quiz!.id}/answer`;
  const first = await bo.send("POST", path, { marked: [0, 1] }, key);
  const again = await bo.send("POST", path, { marked: [0, 1] }, key);
  expect(again).toEqual(first);
  const page = await ada.send<{ labels: { score: { quizzes: number } }[] }>(
    "GET",
    `${SAE}/evidence`,
  );
  expect(page.labels.map((row) => row.score.quizzes)).toEqual([1, 1]);
});

test("others are not told of an answer's contexts by any feed", async () => {
  const events = async (who: Person) =>
    (await who.send<{ events: LabelEvent[] }>("GET", "/activity")).events;
  const kinds = (list: LabelEvent[]) => list.map((event) => event.kind);
  expect(kinds(await events(bo))).toContain("quiz.answered");
  expect(kinds(await events(cy))).not.toContain("quiz.answered");
});

test("nobody is asked about a feature they labelled, nor twice about a label", async () => {
  const feature = askable[2]!;
  const label = await write(ada, feature, "ice");
  expect(
    await ada.ask("POST", `${SAE}/quizzes`, { label: label.id }),
  ).toMatchObject({ status: 409 });
  // Bo says the same of it.
  await write(bo, feature, "ice and snow");
  expect(
    await bo.ask("POST", `${SAE}/quizzes`, { label: label.id }),
  ).toMatchObject({ status: 409 });
  const { quiz } = await next(cy, label.id);
  await answer(cy, quiz!.id, firingOf(quiz!.id));
  expect(
    await cy.ask("POST", `${SAE}/quizzes`, { label: label.id }),
  ).toMatchObject({ status: 409 });
  for (;;) {
    const { quiz: own, reason } = await next(ada);
    if (own === null) {
      expect(reason).toContain("no label to ask you");
      break;
    }
    expect(own.label).toBe("ice and snow");
    await ada.send("DELETE", `/quizzes/${own.id}`);
  }
});

test("no context comes again to the same person, also about another label of the feature", async () => {
  const feature = askable.find((f) => f > askable[2]!)!;
  const seen = new Set<number>();
  for (const text of ["one", "two", "three"]) {
    const label = await write(ada, feature, text);
    const { quiz } = await next(cy, label.id);
    const contexts = contextsOf(quiz!.id);
    expect(contexts.filter((context) => context.fires)).toHaveLength(5);
    for (const { sequence } of contexts) {
      expect(seen.has(sequence)).toBe(false);
      seen.add(sequence);
    }
    // Put aside or answered, they were seen.
    if (text === "two") await cy.send("DELETE", `/quizzes/${quiz!.id}`);
    else await answer(cy, quiz!.id, [0]);
  }
  expect(seen.size).toBe(30);
});

test("a quiz about a text that was changed cannot be answered; the score starts anew", async () => {
  const feature = askable.at(-1)!;
  const label = await write(ada, feature, "violins");
  const scoreOf = async () =>
    (await ada.send<Labelling>("GET", `${SAE}/features/${feature}/labelling`))
      .scores;
  const first = await next(bo, label.id);
  await answer(bo, first.quiz!.id, firingOf(first.quiz!.id));
  expect(await scoreOf()).toMatchObject([{ accuracy: 1, upper: 1 }]);
  const { quiz } = await next(cy, label.id);
  await ada.send("PUT", `/labels/${label.id}`, { text: "cellos", version: 1 });
  expect(
    await cy.ask("POST", `/quizzes/${quiz!.id}/answer`, { marked: [1] }),
  ).toMatchObject({
    status: 409,
    body: { error: { message: expect.stringContaining("another text") } },
  });
  expect(await scoreOf()).toEqual([]);
  // The next one is about what it says now.
  expect((await next(cy, label.id)).quiz!.label).toBe("cellos");
});

test("a quiz expires", async () => {
  const label = await write(ada, askable.at(-2)!, "pianos");
  const { quiz } = await next(bo, label.id);
  vi.useFakeTimers({ now: Date.now() + 61 * 60_000, toFake: ["Date"] });
  try {
    expect(
      await bo.ask("POST", `/quizzes/${quiz!.id}/answer`, { marked: [1] }),
    ).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringContaining("expired") } },
    });
    expect(await bo.send("GET", `/quizzes/${quiz!.id}`)).toMatchObject({
      state: "closed",
      result: null,
    });
    expect((await next(bo)).quiz?.id).not.toBe(quiz!.id);
  } finally {
    vi.useRealTimers();
  }
});

test.each([[{ marked: [10] }], [{ marked: [-1] }], [{ marked: "all" }], [{}]])(
  "an answer that is none is refused: %o",
  async (json) => {
    const id = "00000000-0000-0000-0000-000000000000";
    const { status } = await ada.ask("POST", `/quizzes/${id}/answer`, json);
    expect(status).toBe(422);
  },
);
