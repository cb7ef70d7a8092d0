import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type {
  DocumentPage,
  FeatureDetail,
  FeaturePair,
  FoundExample,
  PairContexts,
} from "#lib/contract/index";
import { migrateLabels } from "#lib/db/index";
import { buildFixtureIndex, FIXTURE_SAE_ID } from "#test/db/fixture";
import { HOSTILE, hostileText } from "#test/db/hostile";
import { temporaryFolder } from "#test/db/temporary";
import { call } from "./call";

const folder = temporaryFolder();
const sae = `/saes/${FIXTURE_SAE_ID}`;

beforeAll(() => {
  vi.stubEnv("DATA_DIR", folder);
  migrateLabels(join(folder, "labels.sqlite"));
  const file = (id: string) => join(folder, "index", `${id}.sqlite`);
  buildFixtureIndex(file(FIXTURE_SAE_ID), { dSae: 60, sequences: 60 });
  buildFixtureIndex(file("hostile"), {
    saeId: "hostile",
    dSae: 40,
    text: hostileText(),
  });
});

async function get<T>(path: string): Promise<T> {
  const { status, body } = await call("GET", path);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body as T;
}

async function refusal(path: string, status: number): Promise<string> {
  const answer = await call("GET", path);
  expect(answer.status).toBe(status);
  return (answer.body as { error: { message: string } }).error.message;
}

describe("one context by its address", () => {
  test("is the stored example about the token that is named", async () => {
    const feature = await get<FeatureDetail>(`${sae}/features/7`);
    const { sequence, peakPosition, peakValue, tokens } =
      feature.groups[0]!.examples[0]!;
    const path = `${sae}/features/7/contexts/${sequence}`;
    const found = await get<FoundExample>(`${path}?position=${peakPosition}`);
    expect(found).toMatchObject({ peakValue, partial: false });
    expect(found.tokens).toEqual(tokens);
    // About a token on which it is silent, it is the same sequence.
    const silent = await get<FoundExample>(`${path}?position=1`);
    expect(silent.positions).toEqual(found.positions);
    expect(silent.peakPosition).toBe(1);
  });

  test("is said to be partial where the index knows only some firings", async () => {
    // The fixture's SAE has no files, so that nothing can be run.
    const feature = await get<FeatureDetail>(`${sae}/features/1`);
    const stored = new Set(
      feature.groups.flatMap((g) => g.examples.map((e) => e.sequence)),
    );
    const other = Array.from({ length: 60 }, (_, i) => i).find(
      (sequence) => !stored.has(sequence),
    )!;
    const found = await get<FoundExample>(
      `${sae}/features/1/contexts/${other}?position=3`,
    );
    expect(found.partial).toBe(true);
  });

  test("that is not there, or badly named, is refused in a sentence", async () => {
    const path = `${sae}/features/7/contexts`;
    expect(await refusal(`${path}/9999?position=3`, 404)).toMatch(
      /holds no such context/,
    );
    expect(await refusal(`${path}/1?position=900`, 404)).toMatch(/no such/);
    expect(await refusal(`${path}/1?position=0`, 422)).toMatch(
      /whole number from 1/,
    );
    expect(await refusal(`${path}/x?position=1`, 422)).toMatch(/sequence/);
    expect(await refusal(`${path}/1`, 422)).toMatch(/place/);
  });
});

describe("a document", () => {
  test("comes with what the index knows of a feature's activations", async () => {
    const feature = await get<FeatureDetail>(`${sae}/features/7`);
    const { document, peakValue, sequence, peakPosition, tokens } =
      feature.groups[0]!.examples[0]!;
    const page = await get<DocumentPage>(
      `${sae}/documents/${document.id}?feature=7&at=${document.tokenOffset}`,
    );
    expect(page).toMatchObject({ title: document.title, measured: "stored" });
    const passage = page.passages.find((p) => p.sequence === sequence)!;
    expect(passage.known).toBe("all");
    const place = document.tokenOffset - passage.offset;
    expect(passage.start + place).toBe(peakPosition);
    expect(passage.values[passage.positions.indexOf(place)]).toBe(peakValue);
    expect(passage.tokens[place]!.text).toBe(tokens[peakPosition]);
  });

  test("keeps characters whole that two passages share, and shows all of its text", async () => {
    const names = Object.keys(HOSTILE) as (keyof typeof HOSTILE)[];
    for (const [id, name] of names.entries()) {
      let from: number | null = 0;
      let shown = "";
      while (from !== null) {
        const page: DocumentPage = await get<DocumentPage>(
          `/saes/hostile/documents/${id}?feature=1&from=${from}`,
        );
        shown += page.passages
          .flatMap((p) => p.tokens.map((t) => t.text))
          .join("");
        from = page.next;
      }
      // A lone surrogate is no character; UTF-8 has none for it.
      const wanted = Buffer.from(HOSTILE[name], "utf8").toString("utf8");
      expect(shown).toContain(wanted);
    }
  });

  test("that is not there, or badly asked for, is refused in a sentence", async () => {
    const path = `${sae}/documents`;
    expect(await refusal(`${path}/9999?feature=1`, 404)).toMatch(/no such/);
    expect(await refusal(`${path}/1?feature=1&from=99999`, 404)).toMatch(
      /nothing of it/,
    );
    expect(await refusal(`${path}/1?feature=9999`, 404)).toMatch(/feature/);
    expect(await refusal(`${path}/1?feature=1&from=1&at=1`, 422)).toMatch(
      /not both/,
    );
  });
});

describe("two features", () => {
  test("have the cosine and the co-firing that the index keeps", async () => {
    const feature = await get<FeatureDetail>(`${sae}/features/7`);
    const near = feature.neighbours[0]!;
    const pair = await get<FeaturePair>(`${sae}/compare?a=7&b=${near.feature}`);
    expect(pair).toMatchObject({
      decoderCosine: near.cosine,
      encoderCosine: null,
      sameHook: true,
    });
    const often = feature.coFiring.features[0]!;
    const { coFiring } = await get<FeaturePair>(
      `${sae}/compare?a=7&b=${often.feature}`,
    );
    expect(coFiring).toMatchObject({
      count: often.count,
      correlation: often.correlation,
      firingsA: feature.coFiring.firings,
    });
  });

  test("fire together where the stored contexts of both say so", async () => {
    const { contexts, measured, both } = await get<PairContexts>(
      `${sae}/compare/contexts?a=1&b=41`,
    );
    expect(measured).toBe("stored");
    expect(contexts.length).toBeGreaterThan(0);
    let sum = 0;
    for (const { a, b, both: here, peakPosition } of contexts) {
      const common = a.positions.filter((p) => b.positions.includes(p));
      expect(here).toBe(common.length);
      if (here > 0) expect(common).toContain(peakPosition);
      sum += here;
    }
    expect(both).toBe(sum);
    expect(contexts.map((c) => c.both)).toEqual(
      contexts.map((c) => c.both).sort((x, y) => y - x),
    );
  });

  test("may be of two SAEs, whose texts are not mixed up", async () => {
    const query = "a=1&b=1&other=hostile";
    const pair = await get<FeaturePair>(`${sae}/compare?${query}`);
    expect(pair).toMatchObject({ decoderCosine: null, coFiring: null });
    const { contexts } = await get<PairContexts>(
      `${sae}/compare/contexts?${query}`,
    );
    expect(contexts).toEqual([]);
  });

  test("that are not there are refused in a sentence", async () => {
    expect(await refusal(`${sae}/compare?a=1`, 422)).toMatch(/two features/);
    expect(await refusal(`${sae}/compare?a=1&b=600`, 404)).toMatch(
      /no feature 600/,
    );
    expect(await refusal(`${sae}/compare?a=1&b=1&other=x`, 404)).toMatch(
      /no index x/,
    );
  });
});
