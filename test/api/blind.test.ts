import { beforeAll, expect, test, vi } from "vitest";
import type { Comment, Label, LabelEvent, List } from "#lib/contract/index";
import { inShare } from "#lib/queue-rules";
import { FIXTURE_SAE_ID } from "#test/db/fixture";
import { temporaryFolder } from "#test/db/temporary";
import { writeE2eData } from "#test/e2e-data";
import { readerOf } from "#app/_server/databases";
import { liveStream } from "#app/_server/live";
import { fetchRoute } from "./call";
import { personOf } from "./people";

vi.mock("#app/_server/session", async () => ({
  actorOf: (await import("./people")).currentActor,
}));

const folder = temporaryFolder();
type Person = ReturnType<typeof personOf>;
let ada: Person;
let bo: Person;
let vi_: Person;
let di: Person;
let saeHash: string;
/** On the share, and not. */
let shared: number;
let open: number;

const SAE = `/saes/${FIXTURE_SAE_ID}`;
const at = (feature: number) => `${SAE}/features/${feature}`;
/** In everything that Ada says; nobody else may read it. */
const SECRET = "zanzibar";
const settings = { order: "frequency", share: 0.3, target: 2, seed: 0 };

interface Said {
  label: Label;
  comment: Comment;
  list: List;
}
let said: Said;

/** Ada says all that can be said of a feature. */
async function sayAll(feature: number, secret = SECRET): Promise<Said> {
  const label = await ada.send<Label>("POST", `${at(feature)}/labels`, {
    text: `${secret} harbour`,
    note: `note ${secret}`,
    tags: [secret],
  });
  const comment = await ada.send<Comment>("POST", `${at(feature)}/comments`, {
    text: `@Bo @Vi look: ${secret}`,
    label: label.id,
  });
  await ada.send("PUT", `${at(feature)}/rubric`, { rubric: { logits: 3 } });
  await ada.send("PUT", `${at(feature)}/flags`, {
    flag: "polysemantic",
    note: secret,
  });
  const list = await ada.send<List>("POST", "/lists", { name: "Ada's" });
  const items = [{ sae: FIXTURE_SAE_ID, feature, note: secret }];
  await ada.send("POST", `/lists/${list.id}/items`, { items });
  return { label, comment, list };
}

beforeAll(async () => {
  vi.stubEnv("DATA_DIR", folder);
  writeE2eData(folder);
  ada = personOf(folder, "Ada");
  bo = personOf(folder, "Bo");
  vi_ = personOf(folder, "Vi", "viewer");
  di = personOf(folder, "Di", "maintainer");
  saeHash = readerOf(FIXTURE_SAE_ID).manifest.saeHash;
  await di.send("PUT", `${SAE}/queue`, { ...settings, blind: true });
  const live = Array.from({ length: 200 }, (_, i) => i).filter(
    (i) => i % 25 !== 0,
  );
  shared = live.find((f) => inShare(settings, saeHash, f))!;
  open = live.find((f) => !inShare(settings, saeHash, f) && f > shared)!;
  said = await sayAll(shared);
});

/** Every route that can show what was said of a feature, or where it would. */
const routes = (feature: number, { label, comment, list }: Said) => [
  at(feature),
  `${at(feature)}/labels`,
  `${at(feature)}/labelling`,
  `${at(feature)}/comments`,
  `${at(feature)}/rubric`,
  `${at(feature)}/flags`,
  // Where it is a neighbour of others.
  ...[1, 8, 15, 22].map((by) => at((feature - by + 200) % 200)),
  `${at((feature + 199) % 200)}/neighbours`,
  `/labels/${label.id}`,
  `/labels/${label.id}/diff?from=1&to=1`,
  `/labels/${label.id}/votes`,
  `/lists/${list.id}`,
  `${SAE}/features?limit=200`,
  `${SAE}/features/rows?features=${feature}`,
  `${SAE}/features?q=label:${SECRET}`,
  `${SAE}/search?q=${SECRET}`,
  `${SAE}/search?q=label:${SECRET}`,
  `${SAE}/search?q=%23${feature}`,
  `/search?q=label:${SECRET}`,
  `${SAE}/labels/recent`,
  `${SAE}/points`,
  `${SAE}/queue`,
  SAE,
  "/saes",
  "/activity",
  `/activity?sae=${FIXTURE_SAE_ID}`,
  `/activity?sae=${FIXTURE_SAE_ID}&feature=${feature}`,
  "/activity?person=ada",
  "/me/mentions",
  "/me/bookmarks",
  "/lists",
  ...["untested", "disputed"].map((list) => `${SAE}/evidence?list=${list}`),
  `${SAE}/agreement`,
  `/comments/${comment.id}`,
];

/** All that a person can read, as text; a path that only writes is left out. */
async function everything(who: Person, feature: number, about: Said) {
  const texts: string[] = [];
  for (const path of routes(feature, about)) {
    if (path.startsWith("/comments")) continue;
    const { status, body } = await who.ask("GET", path);
    expect([200, 404], path).toContain(status);
    // What was asked for comes back; it was no secret to who asked.
    const text = JSON.stringify(body)
      .replaceAll(/"(q|typed)":"[^"]*"/g, "")
      .replaceAll(`“${SECRET}”`, "");
    texts.push(`${path} ${text}`);
  }
  return texts;
}
const telling = (texts: string[], secret = SECRET) =>
  texts.filter((text) => text.slice(text.indexOf(" ")).includes(secret));

test("whoever has not answered, whatever their role, reads nothing of it in any answer", async () => {
  for (const who of [bo, vi_, di]) {
    expect(telling(await everything(who, shared, said))).toEqual([]);
    expect(await who.send("GET", `${at(shared)}/labelling`)).toMatchObject({
      blind: true,
      labels: [],
      rubrics: [],
      flags: [],
      lists: [],
      comments: { comments: [] },
      state: { state: "unlabelled", labelCount: 0, lastSeq: 0 },
    });
    const feed = `/activity?sae=${FIXTURE_SAE_ID}&feature=${shared}`;
    expect(await who.send("GET", feed)).toMatchObject({ events: [] });
  }
  // Ada sees what she said, everywhere.
  expect(telling(await everything(ada, shared, said)).length).toBeGreaterThan(
    8,
  );
});

test("what is hidden cannot be changed, voted on or answered to either, and says so as if it were not there", async () => {
  const { label, comment } = said;
  const writes: [Person, string, string, object][] = [
    [bo, "PUT", `/labels/${label.id}/votes`, { value: 1, version: 1 }],
    [di, "PUT", `/labels/${label.id}`, { text: "x", version: 9 }],
    [di, "DELETE", `/labels/${label.id}`, { version: 9 }],
    [di, "POST", `/labels/${label.id}/restore`, { version: 9 }],
    [di, "POST", `/labels/${label.id}/revert`, { version: 9, to: 1 }],
    [
      di,
      "PUT",
      `/labels/${label.id}/acceptance`,
      { accepted: true, version: 1 },
    ],
    [di, "DELETE", `/comments/${comment.id}`, { version: 9 }],
    [di, "POST", `/comments/${comment.id}/restore`, { version: 9 }],
  ];
  for (const [who, method, path, json] of writes) {
    const answer = await who.ask(method, path, json);
    expect(answer, `${method} ${path}`).toMatchObject({ status: 404 });
    expect(JSON.stringify(answer.body)).not.toContain(SECRET);
  }
  // One's own opinions may be given, and tell nothing of others'.
  const rubric = await bo.send("PUT", `${at(shared)}/rubric`, {
    rubric: { logits: 1 },
  });
  expect(rubric).toMatchObject({ rubrics: [{ person: { name: "Bo" } }] });
  const flag = { flag: "dead" };
  const raised = await bo.send("PUT", `${at(shared)}/flags`, flag);
  expect(raised).toMatchObject({ flags: [{ person: { name: "Bo" } }] });
  await bo.send("DELETE", `${at(shared)}/flags`, flag);
});

test("the live stream keeps it back", async () => {
  const stream = async (who: Person) => {
    const stop = new AbortController();
    const response = liveStream(who.actor, { saeHash }, 0, stop.signal);
    const reader = response.body!.getReader();
    const { value } = await reader.read();
    let text = new TextDecoder().decode(value);
    const more = await reader.read();
    text += new TextDecoder().decode(more.value);
    stop.abort();
    return text;
  };
  expect(await stream(ada)).toContain(SECRET);
  expect(await stream(bo)).not.toContain(SECRET);
});

test("exports and quizzes keep it back", async () => {
  const exportBy = async (who: Person) => {
    await who.ask("GET", "/saes");
    const response = await fetchRoute("GET", `${SAE}/export?format=jsonl`);
    return response.text();
  };
  expect(await exportBy(ada)).toContain(SECRET);
  expect(await exportBy(bo)).not.toContain(SECRET);
  expect(await exportBy(di)).not.toContain(SECRET);
  const asked = await bo.ask("POST", `${SAE}/quizzes`, {});
  expect(JSON.stringify(asked.body)).not.toContain(SECRET);
  const about = { label: said.label.id };
  expect(await bo.ask("POST", `${SAE}/quizzes`, about)).toMatchObject({
    status: 409,
  });
});

test("features that are not on the share are nobody's secret", async () => {
  const about = await sayAll(open, "timbuktu");
  const told = telling(await everything(bo, open, about), "timbuktu");
  expect(told.length).toBeGreaterThan(8);
});

test("it is told to each who answers, and to everybody when there are enough answers", async () => {
  const mine = await bo.send<Label>("POST", `${at(shared)}/labels`, {
    text: "ports",
  });
  expect(telling(await everything(bo, shared, said)).length).toBeGreaterThan(8);
  expect(await bo.send("GET", `${at(shared)}/labelling`)).toMatchObject({
    blind: false,
    labels: [{ text: "ports" }, { text: `${SECRET} harbour` }],
  });
  // Two of two: Di and Vi see it as well.
  for (const who of [di, vi_]) {
    expect(telling(await everything(who, shared, said)).length).toBeGreaterThan(
      8,
    );
  }
  // Taken back, one is as blind as before.
  await bo.send("DELETE", `/labels/${mine.id}`, { version: 1 });
  expect(telling(await everything(bo, shared, said))).toEqual([]);
  expect(telling(await everything(di, shared, said))).toEqual([]);
  await di.send("PUT", `${SAE}/queue`, { ...settings, blind: false });
  expect(telling(await everything(di, shared, said)).length).toBeGreaterThan(8);
});

test("every route that reads is among those tested, or shows nothing that people say", async () => {
  const spec = (await (await fetchRoute("GET", "/openapi.json")).json()) as {
    paths: Record<string, Record<string, unknown>>;
  };
  const tested = routes(shared, said).map((path) =>
    path
      .split("?")[0]!
      .replace(FIXTURE_SAE_ID, "{sae}")
      .replace(/\/features\/\d+/, "/features/{index}")
      .replace(/\/(labels|lists|comments)\/\d+/, "/$1/{id}"),
  );
  const reads = Object.entries(spec.paths)
    .filter(([, methods]) => "get" in methods)
    .map(([path]) => path.replace(/^\/api/, ""));
  const untested = reads.filter((path) => !tested.includes(path));
  expect(untested.toSorted()).toEqual(NOT_OF_LABELS);
});

/**
 * What these read holds no label, vote, comment, flag, rubric or event; but
 * rows of features, which are all made by one function, in /compare/features,
 * events, which all go through `eventsSeenBy`, in /live, quizzes that were handed
 * out to oneself, labels of other SAEs, in /moves, and the file of an export,
 * which is tested above.
 */
const NOT_OF_LABELS = [
  "/compare",
  "/compare/features",
  "/invitations",
  "/invite/{token}",
  "/live",
  "/me",
  "/me/sessions",
  "/me/tokens",
  "/openapi.json",
  "/people",
  "/people/names",
  "/quizzes/{id}",
  "/saes/{sae}/compare",
  "/saes/{sae}/compare/contexts",
  "/saes/{sae}/documents/{document}",
  "/saes/{sae}/export",
  "/saes/{sae}/features/random",
  "/saes/{sae}/features/{index}/contexts/{sequence}",
  "/saes/{sae}/features/{index}/contexts/{sequence}/effect",
  "/saes/{sae}/features/{index}/examples",
  "/saes/{sae}/features/{index}/presence",
  "/saes/{sae}/moves",
  "/sweeps",
  "/sweeps/{sweep}",
];

test("events that come live are those one may see", async () => {
  await di.send("PUT", `${SAE}/queue`, { ...settings, blind: true });
  const { events } = await bo.send<{ events: LabelEvent[] }>(
    "GET",
    `/activity?sae=${FIXTURE_SAE_ID}&limit=200`,
  );
  expect(events.some((event) => event.feature === open)).toBe(true);
  expect(
    events.filter(
      (event) => event.feature === shared && event.actor.id === "ada",
    ),
  ).toEqual([]);
});
