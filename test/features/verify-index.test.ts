import Database from "better-sqlite3";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { INDEX_SCHEMA_VERSION } from "#lib/db/index-schema";
import { IndexWriter } from "#lib/db/index-writer";
import {
  buildManifest,
  indexFeatures,
  selectSequences,
  verifyIndex,
} from "#lib/features/index";
import { createEncoder } from "#lib/sae/index";
import { lnFinalWeight, packed, residual, topK, W_U } from "./small-run";

let folder: string;
let file: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "monolex-verify-"));
  file = join(folder, "small.sqlite");
  await buildIndex();
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function buildIndex(): Promise<void> {
  const corpus = packed(1);
  const sae = topK();
  const encoder = await createEncoder(sae, { threads: 1 });
  const writer = IndexWriter.create(file, { decode: (ids) => ids.join(" ") });
  const summary = await indexFeatures({
    corpus,
    sequences: selectSequences(corpus),
    residual,
    encoder,
    sae,
    unembedding: { W_U, lnFinalWeight },
    writer,
    seed: 5,
    threads: 1,
  });
  await encoder.dispose();
  writer.finish(
    buildManifest({
      schemaVersion: INDEX_SCHEMA_VERSION,
      sae,
      modelHash: "2".repeat(64),
      corpus,
      summary,
      seed: 5,
      saeConfig: {},
      training: null,
      evaluation: null,
      metrics: "",
      now: new Date(0),
    }),
  );
}

/** Changes the finished file as a fault would. */
function tamper(sql: string, ...values: unknown[]): void {
  const db = new Database(file);
  const changed = db.prepare(sql).run(...values).changes;
  db.close();
  expect(changed).toBeGreaterThan(0);
}

/** The first example of the top group of a live feature. */
const FIRST_TOP =
  "(feature, grp, rank) = (SELECT feature, grp, rank FROM examples WHERE grp = 0 ORDER BY feature LIMIT 1)";

describe("verifying an index", () => {
  test("finds nothing wrong with one just built", () => {
    const report = verifyIndex(file);
    expect(report.problems).toEqual([]);
    expect(report.saeId).toBe("small");
    expect(report.counts).toMatchObject({
      features: 40,
      sequences: 60,
      documents: 20,
    });
    expect(report.counts.examples).toBeGreaterThan(500);
  });

  test.each([
    {
      fault: "a lost example",
      sql: "DELETE FROM examples WHERE rank = 1 AND grp = 1 AND feature = (SELECT min(feature) FROM examples)",
      says: /There are \d+ examples; the manifest says \d+\./,
    },
    {
      fault: "a lost feature",
      sql: "DELETE FROM features WHERE feature = 39",
      says: /There are 39 features; the SAE has 40\./,
    },
    {
      fault: "a lost sequence",
      sql: "DELETE FROM sequences WHERE id = (SELECT sequence FROM examples LIMIT 1)",
      says: /sequence \d+ is missing\.$/,
    },
    {
      fault: "a lost document",
      sql: "DELETE FROM documents WHERE id = 3",
      says: /^3 segments name a missing sequence or document\.$/,
    },
    {
      fault: "an activation on BOS",
      // Twenty-four times 50256, little endian.
      sql: `UPDATE sequences SET tokens = CAST(x'${"50C4".repeat(24)}' AS BLOB)`,
      says: /it fires on BOS at \d+\.$/,
    },
    {
      fault: "a wrong peak",
      sql: `UPDATE examples SET peak_value = peak_value * 0.5 WHERE ${FIRST_TOP}`,
      says: /top example 1: its peak is [\d.]+, not [\d.]+\.$/,
    },
    {
      fault: "a peak where nothing fires",
      sql: `UPDATE examples SET peak_position = 0 WHERE ${FIRST_TOP}`,
      says: /nothing fires at its peak 0\.$/,
    },
    {
      fault: "torn activations",
      sql: `UPDATE examples SET positions = x'' WHERE ${FIRST_TOP}`,
      says: /0 positions, but \d+ activations\.$/,
    },
    {
      fault: "positions out of order",
      sql: `UPDATE examples SET positions = x'02000100', activations = x'0000803F0000803F' WHERE ${FIRST_TOP}`,
      says: /positions are not ascending at 1\.$/,
    },
    {
      fault: "a silent token",
      sql: `UPDATE examples SET activations = zeroblob(length(activations)) WHERE ${FIRST_TOP}`,
      says: /activation 0 at \d+ is not positive\.$/,
    },
    {
      fault: "a context shown twice",
      sql: `UPDATE examples SET (sequence, peak_position, peak_value, positions, activations) =
              (SELECT sequence, peak_position, peak_value, positions, activations FROM examples AS e
               WHERE e.feature = examples.feature AND e.grp = 0 AND e.rank = 0)
            WHERE grp = 0 AND rank = 1`,
      says: /top example 2: sequence \d+ is shown twice\.$/,
    },
    {
      fault: "a wrong firing count",
      sql: "UPDATE features SET firing_count = firing_count + 1 WHERE firing_count > 0",
      says: /its histogram holds \d+ of \d+ activations\.$/,
    },
    {
      fault: "a wrong maximum",
      sql: "UPDATE features SET max_activation = mean_activation * 0.9 WHERE firing_count > 0",
      says: /is above its maximum\.$/,
    },
    {
      fault: "another text of a document's title",
      sql: "UPDATE documents SET title = title || '.' WHERE id = 3",
      says: /^The table documents does not hold what was written/,
    },
    {
      fault: "a lost row of the search",
      sql: "DELETE FROM token_firings WHERE token = (SELECT min(token) FROM token_firings)",
      says: /^The table token_firings has \d+ rows; the manifest says \d+\.$/,
    },
    {
      fault: "an atlas of fewer features",
      sql: "UPDATE atlas SET positions = substr(positions, 9)",
      says: /^The atlas is not one of 40 features\.$/,
    },
  ])("finds $fault", ({ sql, says }) => {
    tamper(sql);
    const { problems } = verifyIndex(file);
    expect(problems.some((problem) => says.test(problem))).toBe(true);
  });

  test("finds a feature lost from the atlas", () => {
    const lost = new Float32Array(2 * 40).fill(NaN);
    tamper("UPDATE atlas SET positions = ?", Buffer.from(lost.buffer));
    const { problems } = verifyIndex(file);
    expect(problems).toContainEqual(
      expect.stringMatching(/^Feature \d+ has no place in the atlas\.$/),
    );
  });

  test("lists twenty problems at most and counts the rest", () => {
    tamper("UPDATE examples SET peak_position = 0");
    const { problems } = verifyIndex(file);
    expect(problems).toHaveLength(21);
    expect(problems[20]).toMatch(/^… and \d+ more\.$/);
  });

  test("says so when the manifest is of before there were hashes", () => {
    tamper("UPDATE manifest SET json = json_remove(json, '$.tables')");
    expect(verifyIndex(file).problems).toEqual([
      "The manifest has no hashes: an older Monolex wrote it.",
    ]);
  });

  test("says so when there is no such index", () => {
    expect(() => verifyIndex(join(folder, "other.sqlite"))).toThrow(
      "There is no index other",
    );
  });
});
