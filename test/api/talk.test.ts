import { join } from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import type {
  ActivityPage,
  Comment,
  Label,
  List,
  MentionPage,
} from "#lib/contract/index";
import {
  ACTIVITY_WINDOW,
  activityOfNoun,
  isSound,
  labelDatabase,
  verifyLabels,
} from "#lib/db/index";
import { setBookmark } from "#lib/labels/index";
import { placeOf } from "#app/_server/databases";
import { FIXTURE_SAE_ID } from "#test/db/fixture";
import { temporaryFolder } from "#test/db/temporary";
import { writeE2eData } from "#test/e2e-data";
import { personOf } from "./people";

vi.mock("#app/_server/session", async () => ({
  actorOf: (await import("./people")).currentActor,
}));

const folder = temporaryFolder();
const file = () => join(folder, "labels.sqlite");
type Person = ReturnType<typeof personOf>;
let ada: Person;
let adele: Person;
let bo: Person;
let di: Person;

beforeAll(() => {
  vi.stubEnv("DATA_DIR", folder);
  writeE2eData(folder);
  ada = personOf(folder, "Ada");
  adele = personOf(folder, "Adele");
  bo = personOf(folder, "Bo");
  di = personOf(folder, "Di", "maintainer");
});

const at = (feature: number) => `/saes/${FIXTURE_SAE_ID}/features/${feature}`;
const comment = (who: Person, feature: number, text: string) =>
  who.send<Comment>("POST", `${at(feature)}/comments`, { text });
const mentionsOf = (who: Person) =>
  who.send<MentionPage>("GET", "/me/mentions");

test("people are offered by how their names begin, closed accounts are not", async () => {
  const names = async (q: string) => {
    const path = `/people/names?q=${encodeURIComponent(q)}`;
    const { people } = await bo.send<{ people: { name: string }[] }>(
      "GET",
      path,
    );
    return people.map(({ name }) => name);
  };
  expect(await names("ad")).toEqual(["Ada", "Adele"]);
  expect(await names("ADE")).toEqual(["Adele"]);
  expect(await names("%")).toEqual([]);
  expect(await names("")).toEqual(["Ada", "Adele", "Bo", "Di"]);
  const db = labelDatabase(file());
  const close = "UPDATE people SET disabled_at = ? WHERE id = 'adele'";
  db.$client.prepare(close).run("2026");
  expect(await names("ad")).toEqual(["Ada"]);
  db.$client.prepare(close).run(null);
});

test("a comment tells whom it names; who is named is told, and reads it once", async () => {
  const first = await comment(ada, 5, "Look, @Bo and @Nobody!");
  expect(first.mentions).toEqual([{ id: "bo", name: "Bo" }]);
  expect(await mentionsOf(bo)).toMatchObject({ seen: 0, unread: 1 });
  const second = await comment(ada, 6, "And here, @Bo.");
  await comment(bo, 6, "I, @Bo, say so.");
  const page = await mentionsOf(bo);
  expect(page).toMatchObject({ seen: 0, unread: 2 });
  expect(page.mentions).toHaveLength(3);
  const seen = { seen: first.id };
  expect(await bo.send("PUT", "/me/mentions", seen)).toEqual({
    seen: first.id,
    unread: 1,
  });
  const later = { seen: page.mentions[0]!.id };
  await bo.send("PUT", "/me/mentions", later);
  // It never goes back.
  expect(await bo.send("PUT", "/me/mentions", seen)).toEqual({
    seen: later.seen,
    unread: 0,
  });
  const nowhere = { seen: 999_999 };
  expect(await bo.ask("PUT", "/me/mentions", nowhere)).toMatchObject({
    status: 404,
  });
  expect(await mentionsOf(ada)).toMatchObject({ seen: 0, unread: 0 });
  const deleted = await di.send("DELETE", `/comments/${second.id}`, {
    version: 1,
  });
  expect(deleted).toMatchObject({ text: "", mentions: [] });
  // Nobody else hears that Bo has read it.
  const feed = await ada.send<ActivityPage>("GET", "/activity?person=bo");
  expect(feed.events.map(({ kind }) => kind)).toEqual(["comment.posted"]);
  expect(isSound(verifyLabels(file()))).toBe(true);
});

test("feeds say what things are about as they stand now, and nothing that was deleted", async () => {
  const said = await comment(ada, 9, "a secret");
  const label = await ada.send<Label>("POST", `${at(9)}/labels`, {
    text: "whales",
  });
  const list = await ada.send<List>("POST", "/lists", { name: "The sea" });
  await bo.send("PUT", `/labels/${label.id}/votes`, { value: 1, version: 1 });
  const items = [{ sae: FIXTURE_SAE_ID, feature: 9 }];
  await ada.send("POST", `/lists/${list.id}/items`, { items });
  await ada.send("DELETE", `/comments/${said.id}`, { version: 1 });
  const { events } = await bo.send<ActivityPage>(
    "GET",
    `/activity?sae=${FIXTURE_SAE_ID}&feature=9`,
  );
  expect(events.map(({ kind, about }) => [kind, about])).toEqual([
    ["comment.deleted", null],
    ["list.added", "The sea"],
    ["vote.set", "whales"],
    ["label.created", "whales"],
    ["comment.posted", null],
  ]);
  expect(JSON.stringify(events)).not.toContain("secret");
});

test("a feed is narrowed to one noun, page by page", async () => {
  for (const text of ["a", "b", "c"]) await comment(adele, 12, text);
  await adele.send("POST", `${at(12)}/labels`, { text: "d" });
  const feed = (query: string) =>
    ada.send<ActivityPage>("GET", `/activity?person=adele&${query}`);
  const first = await feed("noun=comment&limit=2");
  expect(first.events.map(({ about }) => about)).toEqual(["c", "b"]);
  const rest = await feed(`noun=comment&cursor=${first.nextCursor}`);
  expect(rest).toMatchObject({ events: [{ about: "a" }], nextCursor: null });
  expect((await feed("noun=label")).events).toHaveLength(1);
  expect((await feed("noun=list")).events).toEqual([]);
  expect(await ada.ask("GET", "/activity?noun=a.b")).toMatchObject({
    status: 422,
  });
});

test("what is rare in a long feed is looked for piece by piece", async () => {
  const fay = personOf(folder, "Fay");
  await fay.send("POST", `${at(15)}/labels`, { text: "rare" });
  const db = labelDatabase(file());
  const place = placeOf(FIXTURE_SAE_ID, 15);
  const desk = { db, now: () => new Date(), actor: fay.actor, key: undefined };
  for (let i = 0; i < ACTIVITY_WINDOW; i++) {
    setBookmark(desk, place, i % 2 === 0);
  }
  const filter = { actor: "fay", noun: "label" };
  const first = activityOfNoun(db, filter, Number.MAX_SAFE_INTEGER, 10);
  expect(first.events).toEqual([]);
  const rest = activityOfNoun(db, filter, first.next!, 10);
  expect(rest.events).toMatchObject([{ payload: { text: "rare" } }]);
  expect(rest.next).toBe(null);
});

test("lists are asked for by owner", async () => {
  const mine = await bo.send<List>("POST", "/lists", { name: "Bo's" });
  expect(await ada.send("GET", "/lists?owner=bo")).toMatchObject({
    lists: [{ id: mine.id, owner: { id: "bo" } }],
    nextCursor: null,
  });
  expect(await ada.send("GET", "/lists?owner=nobody")).toMatchObject({
    lists: [],
  });
});
