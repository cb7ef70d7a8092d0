import { rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { MatchPage, MatchState, SaeComparison } from "#lib/contract/index";
import { migrateLabels } from "#lib/db/index";
import { Rng } from "#lib/random";
import { loadSae } from "#lib/sae/index";
import { buildFixtureIndex } from "#test/db/fixture";
import { temporaryFolder } from "#test/db/temporary";
import { permutedSae, randomSae } from "#test/permuted-sae";
import { call } from "./call";

const D_SAE = 75;
const DEAD = 3;
const folder = temporaryFolder();
const order = new Rng(2).permutation(D_SAE);

async function writeIndex(saeId: string): Promise<void> {
  const { hash } = await loadSae(join(folder, "saes", saeId));
  buildFixtureIndex(join(folder, "index", `${saeId}.sqlite`), {
    saeId,
    saeHash: hash,
    dSae: D_SAE,
    sequences: 20,
  });
}

beforeAll(async () => {
  vi.stubEnv("DATA_DIR", folder);
  migrateLabels(join(folder, "labels.sqlite"));
  const saes = join(folder, "saes");
  await randomSae(join(saes, "one"), D_SAE, 1);
  await permutedSae(join(saes, "one"), join(saes, "two"), order, 0.02);
  await randomSae(join(saes, "lost"), D_SAE, 3);
  for (const id of ["one", "two", "lost"]) await writeIndex(id);
  rmSync(join(saes, "lost"), { recursive: true });
});

async function comparison(a: string, b: string): Promise<SaeComparison> {
  const { status, body } = await call("GET", `/compare?a=${a}&b=${b}`);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body as SaeComparison;
}

const startMatch = (a: string, b: string) =>
  call("POST", "/compare/match", { json: { a, b } });

async function matched(): Promise<Extract<MatchState, { state: "ready" }>> {
  for (;;) {
    // As the page does: where nothing is there or being made, it asks for it.
    const { match } = await comparison("one", "two");
    if (match.state === "ready") return match;
    if (match.state === "missing") await startMatch("one", "two");
    else expect(match.state).toBe("running");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function list(query: string): Promise<MatchPage> {
  const { status, body } = await call(
    "GET",
    `/compare/features?a=one&b=two&${query}`,
  );
  expect({ status, body }).toMatchObject({ status: 200 });
  return body as MatchPage;
}

describe("comparing two SAEs", () => {
  test("shows both before they are matched, and says how to match them", async () => {
    const { a, b, match } = await comparison("one", "two");
    expect([a.id, b.id]).toEqual(["one", "two"]);
    expect(a.evaluation?.fvu).toBe(0.131);
    expect(b.config).toMatchObject({ architecture: "topk" });
    expect(match).toEqual({ state: "missing" });
    const early = await call("GET", "/compare/features?a=one&b=two");
    expect(early).toMatchObject({
      status: 404,
      body: { error: { code: "not_found" } },
    });
  });

  test("matches them in a process of its own, with figures of both sides", async () => {
    const started = await startMatch("one", "two");
    expect(started).toMatchObject({
      status: 202,
      body: { match: { state: "running" } },
    });
    const match = await matched();
    for (const side of [match.a, match.b]) {
      expect(side.all.features).toBe(D_SAE);
      expect(side.live.features).toBe(D_SAE - DEAD);
      expect(side.all.mutual[70]).toBe(D_SAE);
      expect(side.all.meanCosine).toBeGreaterThan(0.9);
    }
    // Done is done.
    expect(await startMatch("two", "one")).toMatchObject({
      body: { match: { state: "ready" } },
    });
  });

  test("lists the pairs page by page, from either side, and what is left over", async () => {
    await matched();
    for (const side of ["a", "b"] as const) {
      const seen = new Map<number, number>();
      let cursor = "";
      do {
        const page = await list(
          `side=${side}&state=all&order=asc&limit=20&cursor=${cursor}`,
        );
        expect(page.total).toBe(D_SAE);
        for (const row of page.rows)
          seen.set(row.feature.index, row.best.index);
        cursor = page.nextCursor ?? "";
      } while (cursor !== "");
      expect(seen.size).toBe(D_SAE);
      for (const [feature, best] of seen) {
        // Feature i of "two" is feature order[i] of "one".
        const [inOne, inTwo] = side === "a" ? [feature, best] : [best, feature];
        expect(order[inTwo]).toBe(inOne);
      }
    }
    const live = await list("side=a&list=matched");
    expect(live.total).toBe(D_SAE - DEAD);
    expect(live.rows.every((row) => row.feature.firingCount > 0)).toBe(true);
    expect((await list("list=unmatched&threshold=0.5")).rows).toEqual([]);
    const strict = await list("list=unmatched&threshold=1&state=all");
    expect(strict.total).toBe(D_SAE);
  });

  test("makes the match anew once an index is", async () => {
    await matched();
    const { hash } = await loadSae(join(folder, "saes", "two"));
    buildFixtureIndex(join(folder, "index", "two.sqlite"), {
      saeId: "two",
      saeHash: hash,
      dSae: D_SAE,
      sequences: 25,
      createdAt: "2026-02-15T12:00:00.000Z",
    });
    expect((await comparison("one", "two")).match.state).not.toBe("ready");
    await matched();
  });

  test.each([
    ["a=one&b=one", /same SAE/],
    ["a=one&b=lost", /weights of lost/],
  ])("says why %s cannot be matched", async (query, reason) => {
    const { body } = await call("GET", `/compare?${query}`);
    const { match } = body as SaeComparison;
    if (match.state !== "impossible") throw new Error(match.state);
    expect(match.message).toMatch(reason);
    const [a, b] = new URLSearchParams(query).values();
    expect(await startMatch(a!, b!)).toMatchObject({
      status: 422,
      body: { error: { message: match.message } },
    });
  });

  test.each([
    ["GET", "/compare?a=one", 422],
    ["GET", "/compare?a=one&b=none", 404],
    ["GET", "/compare?a=one&b=../x", 404],
    ["GET", "/compare/features?a=one&b=two&threshold=2", 422],
    ["GET", "/compare/features?a=one&b=two&threshold=0.123", 422],
    ["GET", "/compare/features?a=one&b=two&cursor=zzz", 400],
  ])("%s %s is refused with %s", async (method, path, status) => {
    await matched();
    const answer = await call(method, path);
    expect(answer.status).toBe(status);
    const { error } = answer.body as { error: { message: string } };
    expect(error.message).toMatch(/^[A-Z"].+\.$/);
  });
});
