import { beforeAll, expect, test, vi } from "vitest";
import type { Handed, Label, Queue } from "#lib/contract/index";
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
let di: Person;

beforeAll(() => {
  vi.stubEnv("DATA_DIR", folder);
  writeE2eData(folder);
  ada = personOf(folder, "Ada");
  bo = personOf(folder, "Bo");
  di = personOf(folder, "Di", "maintainer");
});

const queue = `/saes/${FIXTURE_SAE_ID}/queue`;
const at = (feature: number) => `/saes/${FIXTURE_SAE_ID}/features/${feature}`;
const next = async (who: Person, json: object = {}) =>
  (
    await who.send<{ handed: Handed }>("POST", `${queue}/leases`, {
      seat: `page-of-${who.actor.id}`,
      ...json,
    })
  ).handed?.feature;
const leave = (who: Person) =>
  who.send("PUT", `${queue}/leases`, {
    seat: `page-of-${who.actor.id}`,
    holding: [],
  });

test("two people are handed different features, filtered in the language of the search or by a list", async () => {
  const first = await next(ada);
  const second = await next(bo);
  expect(second).not.toBe(first);
  expect(await next(ada, { holding: [first] })).not.toBe(second);
  expect(
    await ada.send("PUT", `${queue}/leases`, {
      seat: "page-of-ada",
      holding: [first],
    }),
  ).toMatchObject({ leases: [{ feature: first }] });

  expect(await next(ada, { q: "#33" })).toBe(33);
  expect(await next(ada, { q: "has:label" })).toBe(undefined);
  const rare = await next(ada, { q: "density:<0.05%" });
  const row = await ada.send<{ density: number }>("GET", at(rare!));
  expect(row.density).toBeLessThan(0.0005);
  const list = await ada.send<{ id: number }>("POST", "/lists", { name: "x" });
  const items = [{ sae: FIXTURE_SAE_ID, feature: 12 }];
  await ada.send("POST", `/lists/${list.id}/items`, { items });
  expect(await next(ada, { list: list.id })).toBe(12);
  await leave(ada);
  await leave(bo);
});

test("what makes no sense is refused in words", async () => {
  const leases = `${queue}/leases`;
  const seat = "page-of-ada";
  for (const [method, path, json, status] of [
    ["POST", leases, { seat: "x" }, 422],
    ["POST", leases, { seat, order: "best" }, 422],
    ["POST", leases, { seat, q: "density:much" }, 422],
    ["POST", leases, { seat, list: 999 }, 404],
    ["POST", leases, { seat, holding: [9999] }, 404],
    ["PUT", `${queue}/skips`, { feature: 3, reason: "bored" }, 422],
    ["PUT", `${queue}/skips`, { feature: 9999, reason: "later" }, 404],
  ] as const) {
    const answer = await ada.ask(method, path, json);
    expect(answer, JSON.stringify(json)).toMatchObject({ status });
    expect(answer.body).toMatchObject({ error: { message: /\w+ \w+/ } });
  }
  const settings = { order: "random", blind: true, seed: 1, share: 0.1 };
  for (const wrong of [{ target: 1 }, { target: 2, share: 1.5 }]) {
    expect(await di.ask("PUT", queue, { ...settings, ...wrong })).toMatchObject(
      { status: 422 },
    );
  }
  for (const [json, status] of [
    [{ person: "bo", kind: "range", from: 9, to: 3 }, 422],
    [{ person: "bo", kind: "range", from: 9, to: 9999 }, 404],
    [{ person: "bo", kind: "part", from: 3, to: 3 }, 422],
    [{ person: "bo", kind: "list", list: 999 }, 404],
    [{ person: "nobody", kind: "range", from: 1, to: 3 }, 404],
  ] as const) {
    const answer = await di.ask("POST", `${queue}/assignments`, json);
    expect(answer, JSON.stringify(json)).toMatchObject({ status });
  }
});

test("progress says who did how much, how fast, and what is left", async () => {
  const before = await ada.send<Queue>("GET", queue);
  expect(before).toMatchObject({ hoursLeft: null, done: 0, working: [] });
  const feature = await next(ada);
  await ada.send<Label>("POST", `${at(feature!)}/labels`, { text: "whales" });
  await bo.send("PUT", `${at(51)}/flags`, { flag: "uninterpretable" });
  const after = await ada.send<Queue>("GET", queue);
  expect(after).toMatchObject({
    mine: { answers: 1, lastHour: 1 },
    team: {
      lastHour: 2,
      people: [
        { person: { name: "Ada" }, answers: 1, lastHour: 1 },
        { person: { name: "Bo" }, answers: 1, lastHour: 1 },
      ],
    },
    done: 2,
    missing: before.missing - 2,
    hoursLeft: (before.missing - 2) / 2,
    working: [{ id: "ada", name: "Ada" }],
    labellers: [],
  });
  expect(after.states.proposed).toBe(1);
  const { labellers } = await di.send<Queue>("GET", queue);
  expect(labellers.map(({ name }) => name)).toEqual(["Ada", "Bo", "Di"]);
});
