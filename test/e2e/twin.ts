import { join } from "node:path";
import { Rng } from "#lib/random";
import { buildFixtureIndex } from "../db/fixture";
import { hostileText } from "../db/hostile";
import { permutedSae } from "../permuted-sae";
import { E2E_HOSTILE, E2E_SAE, E2E_TWIN, TWIN_SHARED } from "./data";

/** Which feature of the trained SAE each feature of its twin is; −1: none. */
export function twinOrder(): Int32Array {
  const order = Int32Array.from(new Rng(11).permutation(512));
  return order.fill(-1, TWIN_SHARED);
}

/** A second SAE, of which it is known what it shares with the trained one. */
export async function writeTwin(dataDir: string): Promise<void> {
  const folder = (name: string) => join(dataDir, "saes", name);
  await permutedSae(folder(E2E_SAE), folder(E2E_TWIN), twinOrder(), 0.005);
}

/** An index of nothing but hostile text; no model and no SAE belong to it. */
export function writeHostile(dataDir: string): void {
  buildFixtureIndex(join(dataDir, "index", `${E2E_HOSTILE}.sqlite`), {
    saeId: E2E_HOSTILE,
    dSae: 60,
    text: hostileText(),
  });
}
