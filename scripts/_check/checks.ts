import { cp, mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { settings } from "#lib/config";
import { z } from "zod";
import drizzle from "../../drizzle.config";
import { ensureChromium } from "./chromium";
import { runNode, type ProgramOutcome } from "./program";

export interface CheckContext {
  signal: AbortSignal;
  /** A line for people. */
  say(line: string): void;
  /** Output of a test runner as it comes. */
  stream(text: string): void;
  /** An empty folder for this run's files. */
  scratch: string;
}

export interface CheckOutcome {
  /** Tests passed and failed; a check without tests counts as one. */
  passed: number;
  failed: number;
  /** What to show when something failed and was not streamed. */
  output?: string;
}

export interface Check {
  name: string;
  help: string;
  run(context: CheckContext): Promise<CheckOutcome>;
}

const bin = (path: string): string => join("node_modules", path);
const ESLINT = bin("eslint/bin/eslint.js");
const PRETTIER = bin("prettier/bin/prettier.cjs");
const TSC = bin("typescript/bin/tsc");
const NEXT = bin("next/dist/bin/next");
const DRIZZLE = bin("drizzle-kit/bin.cjs");
const VITEST = bin("vitest/vitest.mjs");
const PLAYWRIGHT = bin("@playwright/test/cli.js");

/** The checks in the order they run: what fails quickly comes first. */
export const CHECKS: readonly Check[] = [
  {
    name: "format",
    help: "Prettier has nothing to change",
    run: ({ signal }) => one(runNode([PRETTIER, "--check", "."], { signal })),
  },
  {
    name: "lint",
    help: "ESLint, the import graph included",
    run: ({ signal }) =>
      one(runNode([ESLINT, "--max-warnings", "0", "."], { signal })),
  },
  {
    name: "types",
    help: "TypeScript, with the routes' types",
    run: async ({ signal }) => {
      const routes = await runNode([NEXT, "typegen"], { signal });
      if (routes.code !== 0) return one(Promise.resolve(routes));
      return one(runNode([TSC, "--noEmit"], { signal }));
    },
  },
  {
    name: "migrations",
    help: "the committed migrations make the present schema",
    run: checkMigrations,
  },
  { name: "unit", help: "unit and component tests (vitest)", run: checkUnits },
  {
    name: "build",
    help: "production build of the web app",
    run: ({ signal }) =>
      one(runNode(["--import", "tsx", "scripts/build.ts"], { signal })),
  },
  { name: "e2e", help: "tests in a browser (Playwright)", run: checkBrowser },
];

/** A check that is one program: it passes or it fails. */
async function one(running: Promise<ProgramOutcome>): Promise<CheckOutcome> {
  const { code, output } = await running;
  return code === 0
    ? { passed: 1, failed: 0 }
    : { passed: 0, failed: 1, output };
}

/** Generates into a copy, so that a forgotten migration leaves nothing behind. */
async function checkMigrations(context: CheckContext): Promise<CheckOutcome> {
  const { dialect, schema, out } = z
    .object({ dialect: z.string(), schema: z.string(), out: z.string() })
    .parse(drizzle);
  const copy = join(context.scratch, "migrations");
  await cp(out, copy, { recursive: true });
  const { output } = await runNode(
    [
      ...[DRIZZLE, "generate", `--dialect=${dialect}`, `--schema=${schema}`],
      // It takes paths from the working directory, absolute ones included.
      `--out=${relative(".", copy)}`,
    ],
    context,
  );
  // The exit code is 0 even when it gives up asking about a renamed column.
  if (output.includes("No schema changes")) return { passed: 1, failed: 0 };
  const advice =
    "The schema has changed without a migration; run npx drizzle-kit generate --name <what-changed>.\n";
  return { passed: 0, failed: 1, output: output + advice };
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  success: z.boolean(),
});

async function checkUnits(context: CheckContext): Promise<CheckOutcome> {
  const report = join(context.scratch, "vitest.json");
  const { code } = await runNode(
    [
      ...[VITEST, "run", "--reporter=default"],
      ...["--reporter=json", `--outputFile.json=${report}`],
      "--reporter=./scripts/_check/unfinished.ts",
    ],
    {
      signal: context.signal,
      onOutput: (text) => {
        context.stream(text);
      },
    },
  );
  const parsed = vitestReport.safeParse(await readJson(report));
  if (!parsed.success) return { passed: 0, failed: 1 };
  const { numPassedTests: passed, numFailedTests } = parsed.data;
  return { passed, failed: atLeastOne(numFailedTests, code) };
}

const playwrightReport = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
  }),
});

async function checkBrowser(context: CheckContext): Promise<CheckOutcome> {
  const { chromiumPath } = settings();
  const { signal, say } = context;
  const path = await ensureChromium(chromiumPath, say, signal);
  say(`browser  ${path}`);
  const report = join(context.scratch, "playwright.json");
  const { code } = await runNode([PLAYWRIGHT, "test", "--reporter=line,json"], {
    signal,
    env: { CHROMIUM_PATH: path, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    onOutput: (text) => {
      context.stream(text);
    },
  });
  const parsed = playwrightReport.safeParse(await readJson(report));
  if (!parsed.success) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky } = parsed.data.stats;
  return { passed: expected + flaky, failed: atLeastOne(unexpected, code) };
}

/** A runner can fail without a failed test: a file that does not load. */
function atLeastOne(failed: number, code: number | null): number {
  return code === 0 ? failed : Math.max(1, failed);
}

/** Undefined when the runner died before it could report. */
async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as unknown;
  } catch {
    return undefined;
  }
}

/** A folder of this run's own. */
export function makeScratch(): Promise<string> {
  return mkdtemp(join(tmpdir(), "monolex-test-"));
}
