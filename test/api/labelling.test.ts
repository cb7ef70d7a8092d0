import { beforeAll, expect, test, vi } from "vitest";
import type {
  Comment,
  Label,
  LabelDiff,
  Labelling,
  LabelEvent,
  List,
  ListDetail,
} from "#lib/contract/index";
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
let di: Person;

beforeAll(() => {
  vi.stubEnv("DATA_DIR", folder);
  writeE2eData(folder);
  ada = personOf(folder, "Ada");
  bo = personOf(folder, "Bo");
  cy = personOf(folder, "Cy");
  di = personOf(folder, "Di", "maintainer");
});

const at = (feature: number) => `/saes/${FIXTURE_SAE_ID}/features/${feature}`;
const write = (who: Person, feature: number, text: string) =>
  who.send<Label>("POST", `${at(feature)}/labels`, { text });
const labelling = (who: Person, feature: number) =>
  who.send<Labelling>("GET", `${at(feature)}/labelling`);

test("a label with all it may say is written, voted on and accepted", async () => {
  const label = await ada.send<Label>("POST", `${at(7)}/labels`, {
    text: " whales ",
    note: "in Moby Dick\r\nmostly",
    confidence: "high",
    tags: ["sea", "sea", "animal"],
  });
  expect(label).toMatchObject({
    text: "whales",
    note: "in Moby Dick\nmostly",
    confidence: "high",
    tags: ["sea", "animal"],
    author: { id: "ada", name: "Ada" },
    up: 0,
    myVote: 0,
    accepted: false,
  });
  const votes = `/labels/${label.id}/votes`;
  await bo.send("PUT", votes, { value: 1, version: 1 });
  const voted = await cy.send<Label>("PUT", votes, { value: 1, version: 1 });
  expect(voted).toMatchObject({ up: 2, myVote: 1, accepted: true });
  expect(await bo.send("GET", `${votes}?limit=1`)).toMatchObject({
    votes: [{ person: { name: "Bo" }, value: 1 }],
    nextCursor: "bo",
  });
  const row = await ada.send(
    "GET",
    `/saes/${FIXTURE_SAE_ID}/features?q=state:accepted`,
  );
  expect(row).toMatchObject({
    features: [{ index: 7, label: "whales", labelState: "accepted" }],
    total: 1,
  });
  const other = await write(bo, 7, "ships");
  const decided = await di.send<Label>(
    "PUT",
    `/labels/${other.id}/acceptance`,
    { accepted: true, version: 1 },
  );
  expect(decided).toMatchObject({ accepted: true, acceptedBy: { id: "di" } });
  expect(await labelling(ada, 7)).toMatchObject({
    state: { state: "accepted", acceptedLabel: other.id, labelAuthors: 2 },
    labels: [{ text: "ships" }, { text: "whales", accepted: false }],
  });
});

test("versions of a label are compared and brought back", async () => {
  const { id } = await write(ada, 8, "big sperm whales");
  await ada.send("PUT", `/labels/${id}`, {
    text: "big blue whales",
    version: 1,
  });
  const diff = await bo.send<LabelDiff>(
    "GET",
    `/labels/${id}/diff?from=1&to=2`,
  );
  expect(diff.text.filter((part) => part.change !== "same")).toEqual([
    { text: "sperm", change: "removed" },
    { text: "blue", change: "added" },
  ]);
  const back = await ada.send<Label>("POST", `/labels/${id}/revert`, {
    version: 2,
    to: 1,
  });
  expect(back).toMatchObject({ text: "big sperm whales", version: 3 });
  expect(await ada.ask("GET", `/labels/${id}/diff?from=1&to=9`)).toMatchObject({
    status: 404,
  });
});

test("a request sent again with its key is answered alike and done once", async () => {
  const key = { "idempotency-key": "a-key-of-the-client" };
  const post = () =>
    ada.send<Label>("POST", `${at(20)}/labels`, { text: "once" }, key);
  const [first, second] = await Promise.all([post(), post()]);
  expect(second).toEqual(first);
  expect((await labelling(ada, 20)).labels).toHaveLength(1);
  const other = { text: "twice" };
  expect(await ada.ask("POST", `${at(20)}/labels`, other, key)).toMatchObject({
    status: 409,
  });
  const bad = { "idempotency-key": "<short>" };
  expect(await ada.ask("POST", `${at(20)}/labels`, other, bad)).toMatchObject({
    status: 422,
  });
});

test("people talk about a feature, in threads, and name each other", async () => {
  const post = (who: Person, json: object) =>
    who.send<Comment>("POST", `${at(9)}/comments`, json);
  const first = await post(ada, { text: "What is this, @Bo?\nReally" });
  const answer = await post(bo, { text: "Ships.", parent: first.id });
  await ada.send("PUT", `/comments/${first.id}`, {
    text: "What is this, @Bo and @Cy?",
    version: 1,
  });
  expect(await cy.send("GET", "/me/mentions")).toMatchObject({
    mentions: [{ id: first.id, sae: FIXTURE_SAE_ID, feature: 9 }],
    nextCursor: null,
  });
  await di.send("DELETE", `/comments/${first.id}`, { version: 2 });
  expect(await cy.send("GET", "/me/mentions")).toMatchObject({ mentions: [] });
  const { comments, state } = await labelling(ada, 9);
  expect(comments.comments).toMatchObject([
    { id: first.id, deleted: true, text: "" },
    { id: answer.id, parent: first.id, author: { name: "Bo" } },
  ]);
  expect(state.commentCount).toBe(1);
  await di.send("POST", `/comments/${first.id}/restore`, { version: 3 });
  const page = await ada.send("GET", `${at(9)}/comments?limit=1`);
  expect(page).toMatchObject({
    comments: [{ text: "What is this, @Bo and @Cy?" }],
    nextCursor: String(first.id),
  });
  expect(
    await ada.ask("PUT", `/comments/${answer.id}`, { text: "x", version: 1 }),
  ).toMatchObject({ status: 403 });
  expect(
    await ada.ask("POST", `${at(10)}/comments`, {
      text: "x",
      parent: first.id,
    }),
  ).toMatchObject({ status: 404 });
});

test("opinions and flags are each one's own", async () => {
  const marks = { activations: 3, monosemantic: false, breaksAt: 1 };
  await ada.send("PUT", `${at(11)}/rubric`, { rubric: marks });
  await bo.send("PUT", `${at(11)}/rubric`, { rubric: { confidence: 1 } });
  await bo.send("PUT", `${at(11)}/rubric`, { rubric: null });
  await ada.send("PUT", `${at(11)}/flags`, {
    flag: "duplicate",
    duplicateOf: 12,
  });
  await di.send("PUT", `${at(11)}/flags`, { flag: "uninterpretable" });
  const all = await labelling(cy, 11);
  expect(all.rubrics).toMatchObject([
    { person: { name: "Ada" }, ...marks, logits: null },
  ]);
  expect(all.flags).toMatchObject([
    { flag: "duplicate", duplicateOf: 12, decisive: false },
    { flag: "uninterpretable", decisive: true },
  ]);
  expect(all.state.state).toBe("uninterpretable");
  for (const [json, status] of [
    [{ flag: "duplicate" }, 422],
    [{ flag: "duplicate", duplicateOf: 11 }, 422],
    [{ flag: "duplicate", duplicateOf: 99_999 }, 404],
    [{ flag: "dead", duplicateOf: 3 }, 422],
  ] as const) {
    expect(await ada.ask("PUT", `${at(11)}/flags`, json)).toMatchObject({
      status,
    });
  }
  const theirs = { flag: "uninterpretable", person: "di" };
  expect(await ada.ask("DELETE", `${at(11)}/flags`, theirs)).toMatchObject({
    status: 403,
  });
  await di.send("DELETE", `${at(11)}/flags`, {
    flag: "duplicate",
    person: "ada",
  });
  expect((await labelling(cy, 11)).flags).toHaveLength(1);
});

test("a list keeps features in order", async () => {
  const sae = FIXTURE_SAE_ID;
  const list = await ada.send<List>("POST", "/lists", { name: "Sea" });
  const path = `/lists/${list.id}`;
  const items = [1, 2, 3, 2].map((feature) => ({ sae, feature }));
  expect(await ada.send("POST", `${path}/items`, { items })).toMatchObject({
    itemCount: 3,
  });
  const order = async () =>
    (await bo.send<ListDetail>("GET", path)).items.map((i) => i.feature);
  const move = (feature: number, before: number | null) =>
    ada.send("PUT", `${path}/order`, {
      sae,
      feature,
      before: before === null ? null : { sae, feature: before },
    });
  expect(await order()).toEqual([1, 2, 3]);
  await move(3, 1);
  expect(await order()).toEqual([3, 1, 2]);
  await move(3, null);
  // Between the same two, until there is no number left between.
  for (let i = 0; i < 70; i++)
    await move(i % 2 === 0 ? 3 : 2, i % 2 === 0 ? 2 : 3);
  expect(await order()).toEqual([1, 2, 3]);
  const page = await bo.send<ListDetail>("GET", `${path}?limit=2`);
  expect(page.items).toMatchObject([{ sae, row: { index: 1 } }, {}]);
  const next = await bo.send<ListDetail>(
    "GET",
    `${path}?cursor=${page.nextCursor}`,
  );
  expect(next.items.map((i) => i.feature)).toEqual([3]);
  expect((await labelling(bo, 3)).lists).toEqual([
    { id: list.id, name: "Sea" },
  ]);
  const renamed = await ada.send<List>("PUT", path, {
    name: "The sea",
    description: "and ships",
    version: 1,
  });
  expect(renamed.version).toBe(2);
  expect(await ada.ask("DELETE", path, { version: 1 })).toMatchObject({
    status: 409,
    body: { error: { details: { list: { name: "The sea" } } } },
  });
  await ada.send("DELETE", `${path}/items`, { items: [{ sae, feature: 1 }] });
  await ada.send("DELETE", path, { version: 2 });
  expect(await bo.send("GET", "/lists")).toMatchObject({ lists: [] });
  await ada.send("POST", `${path}/restore`, { version: 3 });
  expect(await bo.send("GET", "/lists")).toMatchObject({
    lists: [{ name: "The sea", itemCount: 2, owner: { name: "Ada" } }],
  });
  expect(await bo.ask("POST", `${path}/items`, { items })).toMatchObject({
    status: 403,
  });
});

test("bookmarks are nobody else's business", async () => {
  await ada.send("PUT", `${at(12)}/bookmark`, { bookmarked: true });
  await ada.send("PUT", `${at(13)}/bookmark`, { bookmarked: true });
  await ada.send("PUT", `${at(12)}/bookmark`, { bookmarked: false });
  expect(await ada.send("GET", "/me/bookmarks")).toMatchObject({
    bookmarks: [{ sae: FIXTURE_SAE_ID, feature: 13, row: { index: 13 } }],
    nextCursor: null,
  });
  expect(await bo.send("GET", "/me/bookmarks")).toMatchObject({
    bookmarks: [],
  });
  expect((await labelling(ada, 13)).bookmarked).toBe(true);
  expect((await labelling(bo, 13)).bookmarked).toBe(false);
  const feed = `/activity?sae=${FIXTURE_SAE_ID}&feature=13`;
  expect(await bo.send("GET", feed)).toMatchObject({ events: [] });
  expect(await ada.send("GET", feed)).toMatchObject({
    events: [{ kind: "bookmark.set" }],
  });
});

test("what happened is told page by page: of a feature, an SAE, a person", async () => {
  const cyd = personOf(folder, "Cyd");
  for (const text of ["a", "b", "c"]) await write(cyd, 30, text);
  await write(cyd, 31, "d");
  const feed = (query: string) =>
    bo.send<{ events: LabelEvent[]; nextCursor: string | null }>(
      "GET",
      `/activity?${query}`,
    );
  const texts = (events: LabelEvent[]) => events.map((e) => e.payload["text"]);
  const sae = `sae=${FIXTURE_SAE_ID}`;
  const first = await feed(`${sae}&feature=30&limit=2`);
  expect(texts(first.events)).toEqual(["c", "b"]);
  const rest = await feed(`${sae}&feature=30&cursor=${first.nextCursor}`);
  expect(texts(rest.events)).toEqual(["a"]);
  expect(texts((await feed("person=cyd")).events)).toEqual([
    "d",
    "c",
    "b",
    "a",
  ]);
  expect(texts((await feed(`${sae}&person=cyd&limit=1`)).events)).toEqual([
    "d",
  ]);
  expect((await feed(`${sae}&limit=1`)).events).toMatchObject([
    { actor: { name: "Cyd" }, sae: FIXTURE_SAE_ID, feature: 31 },
  ]);
  expect(await bo.ask("GET", "/activity?feature=3")).toMatchObject({
    status: 422,
  });
  expect(await bo.ask("GET", "/activity?cursor=x")).toMatchObject({
    status: 400,
  });
});

test("who only reads, and a token without the scope, change nothing", async () => {
  const vi = personOf(folder, "Vi", "viewer");
  const token = personOf(folder, "Tok", "admin", ["read"]);
  const { id } = await write(ada, 40, "whales");
  const comment = await ada.send<Comment>("POST", `${at(40)}/comments`, {
    text: "x",
  });
  const list = await ada.send<List>("POST", "/lists", { name: "x" });
  const version = { version: 1 };
  const item = { sae: FIXTURE_SAE_ID, feature: 40 };
  const writes: [string, string, object][] = [
    ["POST", `${at(40)}/labels`, { text: "x" }],
    ["PUT", `/labels/${id}`, { text: "x", ...version }],
    ["DELETE", `/labels/${id}`, version],
    ["POST", `/labels/${id}/restore`, version],
    ["POST", `/labels/${id}/revert`, { to: 1, ...version }],
    ["PUT", `/labels/${id}/votes`, { value: 1, ...version }],
    ["PUT", `/labels/${id}/acceptance`, { accepted: true, ...version }],
    ["POST", `${at(40)}/comments`, { text: "x" }],
    ["PUT", `/comments/${comment.id}`, { text: "y", ...version }],
    ["DELETE", `/comments/${comment.id}`, version],
    ["POST", `/comments/${comment.id}/restore`, version],
    ["PUT", `${at(40)}/rubric`, { rubric: null }],
    ["PUT", `${at(40)}/flags`, { flag: "dead" }],
    ["DELETE", `${at(40)}/flags`, { flag: "dead" }],
    ["POST", "/lists", { name: "y" }],
    ["PUT", `/lists/${list.id}`, { name: "y", description: "", ...version }],
    ["DELETE", `/lists/${list.id}`, version],
    ["POST", `/lists/${list.id}/restore`, version],
    ["POST", `/lists/${list.id}/items`, { items: [item] }],
    ["DELETE", `/lists/${list.id}/items`, { items: [item] }],
    ["PUT", `/lists/${list.id}/order`, item],
  ];
  for (const [method, path, json] of writes) {
    for (const who of [vi, token]) {
      const answer = await who.ask(method, path, json);
      expect(answer, `${method} ${path}`).toMatchObject({ status: 403 });
    }
  }
  const mark = { bookmarked: true };
  expect(await vi.ask("PUT", `${at(40)}/bookmark`, mark)).toMatchObject({
    status: 200,
  });
  expect(await token.ask("PUT", `${at(40)}/bookmark`, mark)).toMatchObject({
    status: 403,
  });
});
