import { join } from "node:path";
import { vi } from "vitest";
import { migrateLabels } from "#lib/db/index";
import { Rng } from "#lib/random";
import { loadSae, saveSae, type Sae } from "#lib/sae/index";
import { buildFixtureIndex } from "#test/db/fixture";

export const SMALL_HOOK = "blocks.2.hook_resid_post";
const [dIn, dSae, k] = [256, 200, 8];

/**
 * A data folder with a random SAE on mini-gpt2 ("small"), its index, and an
 * index that belongs to other weights ("stale").
 */
export async function writeSmallSae(folder: string): Promise<Sae> {
  vi.stubEnv("DATA_DIR", folder);
  migrateLabels(join(folder, "labels.sqlite"));
  const rng = new Rng(5);
  const random = (length: number) =>
    Float32Array.from({ length }, () => rng.normal() / 16);
  const saved = join(folder, "saes/small");
  await saveSae(
    saved,
    {
      architecture: "topk",
      dIn,
      dSae,
      k,
      modelName: "mini-gpt2",
      hookName: SMALL_HOOK,
      contextSize: 128,
      corpusName: "none",
    },
    {
      W_enc: random(dSae * dIn),
      W_dec: random(dSae * dIn),
      b_enc: new Float32Array(dSae),
      b_dec: new Float32Array(dIn),
    },
  );
  const sae = await loadSae(saved);
  const at = (id: string) => join(folder, "index", `${id}.sqlite`);
  buildFixtureIndex(at("small"), { saeId: "small", saeHash: sae.hash });
  buildFixtureIndex(at("stale"), { saeId: "small", saeHash: "0".repeat(64) });
  return sae;
}
