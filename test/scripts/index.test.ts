import { spawn } from "node:child_process";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Rng } from "#lib/random";
import { saveSae } from "#lib/sae/index";
import { runScript } from "./run";

const D_IN = 256;
const D_SAE = 64;
const WORDS = "the a of whale ship sea old grey man said and went to under sky";

let folder: string;
let env: Record<string, string>;
let args: string[];

/** A random SAE on the shipped model's first layer. */
async function writeSae(name: string, seed: number): Promise<void> {
  const rng = new Rng(seed);
  const W_dec = Float32Array.from({ length: D_SAE * D_IN }, () => rng.normal());
  const b_enc = new Float32Array(D_SAE);
  // One latent that no token can reach: a dead feature.
  b_enc[D_SAE - 1] = -1e6;
  await saveSae(
    join(folder, "saes", name),
    {
      architecture: "topk",
      dIn: D_IN,
      dSae: D_SAE,
      k: 4,
      modelName: "mini-gpt2",
      hookName: "blocks.0.hook_resid_post",
      contextSize: 32,
      corpusName: "texts",
    },
    { W_enc: W_dec.slice(), W_dec, b_enc, b_dec: new Float32Array(D_IN) },
  );
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "monolex-index-"));
  env = { DATA_DIR: folder };
  const rng = new Rng(1);
  const words = WORDS.split(" ");
  const lines = Array.from({ length: 300 }, (_, i) => {
    const text = Array.from(
      { length: 100 },
      () => words[rng.below(words.length)]!,
    ).join(" ");
    return JSON.stringify({ title: `Story ${i}`, text });
  });
  writeFileSync(join(folder, "texts.jsonl"), lines.join("\n"));
  args = ["--sae", "small", "--corpus", join(folder, "texts.jsonl")];
  await writeSae("small", 1);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Result {
  status: string;
  file: string;
  bytes: number;
  tokens: number;
  counts: { features: number; examples: number; sequences: number };
  liveFeatures: number;
}

async function index(...more: string[]): Promise<Result> {
  const outcome = await runScript("index", [...args, "--json", ...more], env);
  expect(outcome.code, outcome.stderr).toBe(0);
  return JSON.parse(outcome.stdout) as Result;
}

describe("npm run index", () => {
  it("builds an index that verifies, and leaves it alone while it is up to date", async () => {
    const built = await index();
    expect(built.status).toBe("finished");
    expect(built.file).toBe(join(folder, "index", "small.sqlite"));
    expect(built.bytes).toBe(readFileSync(built.file).length);
    expect(built.counts.features).toBe(D_SAE);
    expect(built.liveFeatures).toBeGreaterThan(0);
    expect(built.liveFeatures).toBeLessThan(D_SAE);
    expect(built.tokens).toBeGreaterThan(20_000);

    const verified = await runScript(
      "index",
      ["--verify", "small", "--json"],
      env,
    );
    expect(verified.code).toBe(0);
    expect(JSON.parse(verified.stdout)).toEqual({
      saeId: "small",
      counts: built.counts,
      problems: [],
    });

    const again = await index();
    expect(again).toEqual({ ...built, status: "already" });
    expect((await index("--restart")).status).toBe("finished");
    const fewer = await index("--tokens", "5000", "--top", "3");
    expect(fewer.status).toBe("finished");
    expect(Math.abs(fewer.tokens - 5000)).toBeLessThan(100);
  });

  it("builds it again when the SAE has changed", async () => {
    await writeSae("small", 2);
    expect((await index()).status).toBe("finished");
    expect((await index()).status).toBe("already");
  });

  it("stopped by Ctrl-C, exits with 130 and leaves the old index and nothing else", async () => {
    const before = await index();
    const child = spawn(
      process.execPath,
      ["--import", "tsx", "scripts/index.ts", ...args, "--restart"],
      { env: { ...process.env, ...env } },
    );
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      // The corpus is open and the temporary file there: reading begins.
      if (child.killed || !said.includes("64 features on")) return;
      child.kill("SIGINT");
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(code).toBe(130);
    expect(readdirSync(join(folder, "index"))).toEqual(["small.sqlite"]);
    expect(readFileSync(before.file)).toHaveLength(before.bytes);
  });

  it("refuses a faulty index when asked to verify, and says how to mend it", async () => {
    const { file } = await index();
    const bytes = readFileSync(file);
    writeFileSync(join(folder, "torn.sqlite"), bytes.subarray(0, 50_000));
    const { code, stderr } = await runScript(
      "index",
      ["--verify", join(folder, "torn.sqlite")],
      env,
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: [^\n]+ is damaged\. [^\n]+\n$/);
  });

  it("names the SAEs there are when it does not know one", async () => {
    const { code, stderr } = await runScript("index", ["--sae", "big"], env);
    expect(code).toBe(1);
    expect(stderr).toBe('error: There is no SAE "big"; there are: small.\n');
  });
});
