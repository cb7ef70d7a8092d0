import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { z } from "zod";

const milliseconds = z.number().positive();
const Document = z.looseObject({
  writes: z.int(),
  lost: z.int(),
  duplicated: z.int(),
  writeP95Ms: milliseconds,
  liveP95Ms: z.number().min(0),
  restarts: z.int(),
  retries: z.int(),
  limited: z.int(),
  refused: z.int(),
  unheard: z.int(),
  sound: z.boolean(),
});

test("people who write while the server is killed lose nothing", async () => {
  test.setTimeout(180_000);
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...["--import", "tsx", "scripts/bench-labels.ts", "--quick", "--json"],
  ]);
  const document = Document.parse(JSON.parse(stdout));
  expect(document).toMatchObject({
    lost: 0,
    duplicated: 0,
    limited: 0,
    refused: 0,
    unheard: 0,
    sound: true,
  });
  expect(document.writes).toBeGreaterThan(75);
  expect(document.restarts).toBeGreaterThan(0);
});
