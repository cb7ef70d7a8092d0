import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { AcceptedMoves, Move } from "#lib/contract/index";
import { migrateLabels } from "#lib/db/index";
import { Rng } from "#lib/random";
import { loadSae } from "#lib/sae/index";
import { buildFixtureIndex } from "#test/db/fixture";
import { temporaryFolder } from "#test/db/temporary";
import { permutedSae, randomSae } from "#test/permuted-sae";
import { runMatch } from "../../scripts/_steps/match";
import { call } from "./call";

const D_SAE = 75;
const folder = temporaryFolder();
/** `order[i]`: which feature of the old SAE feature i of the new one is. */
const order = Int32Array.from(new Rng(2).permutation(D_SAE));
const newOf = (old: number) => order.indexOf(old);

async function writeIndex(saeId: string): Promise<void> {
  const { hash } = await loadSae(join(folder, "saes", saeId));
  buildFixtureIndex(join(folder, "index", `${saeId}.sqlite`), {
    ...{ saeId, saeHash: hash, dSae: D_SAE, sequences: 20 },
  });
}

async function send<T>(method: string, path: string, json?: unknown) {
  const init = json === undefined ? {} : { json };
  const { status, body } = await call(method, path, init);
  expect({ status, body }).toMatchObject({
    status: /^2/.test(String(status)) ? status : 200,
  });
  return body as T;
}

const label = (feature: number, text: string, sae = "old") =>
  send<{ id: number }>("POST", `/saes/${sae}/features/${feature}/labels`, {
    text,
  });
const moves = (query = "") =>
  send<{ moves: Move[]; nextCursor: string | null }>(
    "GET",
    `/saes/new/moves?from=old${query}`,
  );
const decide = (origin: number, decision: string) =>
  call("PUT", "/saes/new/moves", { json: { origin, decision } });
const textsAt = async (feature: number) =>
  (
    await send<{ labels: { text: string }[] }>(
      "GET",
      `/saes/new/features/${feature}/labels`,
    )
  ).labels.map(({ text }) => text);

const ids: number[] = [];

beforeAll(async () => {
  vi.stubEnv("DATA_DIR", folder);
  migrateLabels(join(folder, "labels.sqlite"));
  const saes = join(folder, "saes");
  await randomSae(join(saes, "old"), D_SAE, 1);
  await permutedSae(join(saes, "old"), join(saes, "new"), order, 0.02);
  for (const id of ["old", "new"]) await writeIndex(id);
  for (const feature of [3, 5, 8, 13, 21]) {
    ids.push((await label(feature, `old ${feature}`)).id);
  }
});

describe("labels of a retrained SAE", () => {
  test("are proposed once the two are matched", async () => {
    const early = await call("GET", "/saes/new/moves?from=old");
    expect(early).toMatchObject({ status: 404 });
    const quiet = { finish() {}, update() {}, clear() {} };
    await runMatch(
      { a: "old", b: "new", restart: false, threads: 1 },
      {
        say: () => undefined,
        progress: () => quiet as never,
        signal: new AbortController().signal,
      },
    );
    const { moves: found, nextCursor } = await moves("&limit=3");
    expect(found.map(({ origin }) => origin.feature)).toEqual([3, 5, 8]);
    for (const { origin, target, cosine, mutual, state } of found) {
      expect(target.index).toBe(newOf(origin.feature));
      expect(cosine).toBeGreaterThan(0.9);
      expect([mutual, state]).toEqual([true, "open"]);
    }
    const rest = await moves(`&limit=3&cursor=${nextCursor}`);
    expect(rest.moves.map(({ origin }) => origin.feature)).toEqual([13, 21]);
    expect(rest.nextCursor).toBeNull();
    expect((await moves("&threshold=1")).moves).toEqual([]);
  });

  test("are taken over, rejected and taken back one by one", async () => {
    const taken = await decide(ids[0]!, "accepted");
    expect(taken.body).toMatchObject({ state: "accepted" });
    expect(await textsAt(newOf(3))).toEqual(["old 3"]);
    await decide(ids[1]!, "rejected");
    const open = async () =>
      (await moves()).moves.map(({ origin }) => origin.feature);
    expect(await open()).toEqual([8, 13, 21]);
    const rejected = await moves("&state=rejected");
    expect(rejected.moves.map(({ origin }) => origin.id)).toEqual([ids[1]]);
    await decide(ids[1]!, "open");
    expect(await open()).toEqual([5, 8, 13, 21]);
    expect(await decide(ids[0]!, "rejected")).toMatchObject({ status: 409 });
    expect(await decide(9999, "accepted")).toMatchObject({ status: 404 });
  });

  test("are taken over all at once, but for features that have a label", async () => {
    await label(newOf(13), "our own", "new");
    const all = await send<AcceptedMoves>("POST", "/saes/new/moves/all", {
      ...{ from: "old", threshold: 0.9 },
    });
    expect(all).toEqual({ accepted: 3, left: 1, nextCursor: null });
    expect(await textsAt(newOf(21))).toEqual(["old 21"]);
    expect(await textsAt(newOf(13))).toEqual(["our own"]);
    const again = await send<AcceptedMoves>("POST", "/saes/new/moves/all", {
      ...{ from: "old", threshold: 0.9 },
    });
    expect(again).toMatchObject({ accepted: 0, left: 1 });
  });

  test("keep where they came from in the log", async () => {
    const { events } = await send<{
      events: { kind: string; payload: Record<string, unknown> }[];
    }>("GET", `/activity?sae=new&feature=${newOf(3)}`);
    expect(events.map(({ kind }) => kind)).toEqual([
      "move.accepted",
      "label.created",
    ]);
    const { labels } = await send<{ labels: { origin?: object }[] }>(
      "GET",
      `/saes/new/features/${newOf(3)}/labels`,
    );
    expect(labels[0]!.origin).toMatchObject({ sae: "old", feature: 3 });
    expect(events[0]!.payload).toMatchObject({ origin: ids[0], mutual: true });
  });
});
