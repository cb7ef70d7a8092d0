import { createHash } from "node:crypto";
import { decode } from "#lib/gpt2/index";
import { IndexWriter } from "#lib/db/index-writer";
import type { IndexManifest } from "#lib/db/records";
import { Rng } from "#lib/random";
import { fixtureTextPlaces } from "./fixture-places";
import { fixtureFeature } from "./fixture-feature";
import { fixtureText, type FixtureText } from "./fixture-text";

export const FIXTURE_SAE_ID = "fixture-blocks.2.hook_resid_post-topk-200";

export interface FixtureOptions {
  seed?: number;
  saeId?: string;
  /** Content hash of the SAE's weights, where a test has real ones. */
  saeHash?: string;
  dSae?: number;
  createdAt?: string;
  /** Default: made-up English. */
  text?: FixtureText;
  sequences?: number;
  contextSize?: number;
}

/**
 * Writes a small index that looks like a real one: features that fire on
 * words, on subjects and nearly everywhere, and some that never fire. Same
 * options, same contents.
 *
 * @returns its manifest.
 */
export function buildFixtureIndex(
  file: string,
  options: FixtureOptions = {},
): IndexManifest {
  const { seed = 1, saeId = FIXTURE_SAE_ID, dSae = 200 } = options;
  const { sequences = 240, contextSize = 128 } = options;
  const text = options.text ?? fixtureText(seed, sequences, contextSize);
  const writer = IndexWriter.create(file, {
    decode,
  });
  try {
    writer.addDocuments(text.documents);
    writer.addSequences(0, text.tokens, text.contextSize);
    writer.addSegments(text.segments);
    for (let index = 0; index < dSae; index++) {
      const rng = Rng.of(seed, index);
      writer.addFeature(fixtureFeature(text, index, dSae, rng));
    }
    writer.addAtlas(fixtureAtlas(dSae, seed), new Uint16Array(dSae));
    const manifest = fixtureManifest(saeId, dSae, seed, text);
    manifest.saeHash = options.saeHash ?? manifest.saeHash;
    manifest.createdAt = options.createdAt ?? manifest.createdAt;
    writer.finish(manifest);
    return manifest;
  } catch (error) {
    writer.abort();
    throw error;
  }
}

/** Points on a spiral; features that never fire have no place. */
function fixtureAtlas(dSae: number, seed: number): Float32Array {
  return Float32Array.from({ length: 2 * dSae }, (_, i) => {
    const index = i >> 1;
    if (index % 25 === 0) return NaN;
    const radius = Math.sqrt(index / dSae);
    const angle = index * 2.4 + seed;
    return radius * (i % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
  });
}

const sha256 = (text: string) =>
  createHash("sha256").update(text).digest("hex");

export function fixtureManifest(
  saeId: string,
  dSae: number,
  seed: number,
  text: ReturnType<typeof fixtureText>,
): IndexManifest {
  const { sequences, contextSize, tokens } = text;
  return {
    schemaVersion: 1,
    saeId,
    saeHash: sha256(`sae ${saeId}`),
    modelName: "mini-gpt2",
    modelHash: sha256("model"),
    hookName: "blocks.2.hook_resid_post",
    architecture: "topk",
    dIn: 256,
    dSae,
    k: 32,
    corpusName: "fixture",
    corpusHash: sha256(`corpus ${seed}`),
    contextSize,
    sequences,
    tokens: tokens.filter((id) => id !== 50256).length,
    places: fixtureTextPlaces(text),
    createdAt: "2026-01-15T12:00:00.000Z",
    rules: {
      tokens: "Beginning-of-text tokens are neither counted nor shown.",
      top: "The 20 strongest contexts; a sequence counts once.",
    },
    saeConfig: { architecture: "topk", d_in: 256, d_sae: dSae, k: 32 },
    training: {
      seed,
      lr: 0.003,
      k: 32,
      engine: { name: "onnx", device: "cpu", reason: "It was asked for." },
    },
    evaluation: {
      l0: 32,
      fvu: 0.131,
      ceClean: 3.61,
      ceSae: 3.79,
      ceZero: 12.4,
      ceMean: 8.2,
      deltaCe: 0.18,
      ceRecovered: 0.979,
      ceRecoveredFromMean: 0.961,
      kl: 0.21,
      deadFraction: 0.04,
      denseFraction: 0.02,
      tokens: 65_024,
    },
    trainingCurve: Array.from({ length: 60 }, (_, i) => ({
      step: i * 10,
      tokens: i * 40_960,
      fvu: 0.12 + 0.8 * Math.exp(-i / 8),
      l0: 32,
      dead: i < 10 ? 0 : 0.04 * (1 - Math.exp(-(i - 10) / 10)),
    })),
    // Replaced by the writer.
    counts: { features: 0, examples: 0, sequences: 0, documents: 0 },
    tables: {},
  };
}
