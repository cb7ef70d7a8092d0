import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { z } from "zod";

const milliseconds = z.number().positive();
const spread = z.strictObject({
  p50: milliseconds,
  p95: milliseconds,
  max: milliseconds,
});
const kind = z.strictObject({
  server: spread,
  client: spread,
  requestsPerSecond: z.number().positive(),
  bytesPerAnswer: z.number().positive(),
  requests: z.int().positive(),
  failed: z.int().min(0),
});
const p95Ms = z.strictObject({
  featurePage: milliseconds,
  featureTable: milliseconds,
  searchLabel: milliseconds,
  searchText: milliseconds,
  searchOwnText: milliseconds,
});
const Document = z.looseObject({
  p95Ms,
  p95MsOnceASecond: p95Ms,
  requestsPerSecond: z.number().positive(),
  kinds: z.record(z.string(), kind),
  onceASecond: z.record(z.string(), kind),
});

test("a quick bench of the web app prints one document", async () => {
  test.setTimeout(180_000);
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...["--import", "tsx", "scripts/bench-web.ts"],
    ...["--quick", "--no-browser", "--json"],
  ]);
  const document = Document.parse(JSON.parse(stdout));
  const { kinds, onceASecond } = document;
  expect(document.p95Ms.featurePage).toBe(kinds["featurePage"]!.server.p95);
  expect(document.p95MsOnceASecond.featurePage).toBe(
    onceASecond["featurePage"]!.server.p95,
  );
  for (const [name, { server, client, failed }] of Object.entries(kinds)) {
    // The queue of texts has an end, at which it says so.
    if (name !== "searchOwnText") expect(failed, name).toBe(0);
    expect(server.p50, name).toBeLessThanOrEqual(client.p50);
  }
});
