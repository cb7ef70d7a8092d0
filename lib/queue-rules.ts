/**
 * The rules of the labelling queue that depend on numbers alone: pure
 * functions, in words in docs/labels.md. Open to all folders, as are the rules
 * of labelling (label-rules.ts).
 */
import type { FeatureState } from "./label-rules";

/** What comes first. */
export const QUEUE_ORDERS = [
  "frequency",
  "importance",
  "neighbours",
  "disagreement",
  "random",
] as const;
export type QueueOrder = (typeof QUEUE_ORDERS)[number];

/** Which features are handed out: those that need a label, or by state. */
export const QUEUE_SHOWS = [
  "open",
  "unlabelled",
  "proposed",
  "disputed",
] as const;
export type QueueShow = (typeof QUEUE_SHOWS)[number];

/** Why somebody goes on without saying what a feature is. */
export const SKIP_REASONS = ["unclear", "mixed", "data", "later"] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** How an SAE's queue works; a maintainer sets it. */
export interface QueueSettings {
  /** The order people start with. */
  order: QueueOrder;
  /** Of which share of the features several people say what they are. */
  share: number;
  /** How many people, on that share. */
  target: number;
  /** They do not see what others said before they have answered. */
  blind: boolean;
  /** Of the order "random". */
  seed: number;
}

export const QUEUE_START: QueueSettings = {
  order: "frequency",
  share: 0,
  target: 2,
  blind: true,
  seed: 0,
};

/** What decides whether a feature needs more answers. */
export interface Answered {
  state: FeatureState;
  /** People who labelled it or called it uninterpretable. */
  answers: number;
}

/** How many people are to answer for a feature. */
export function answersWanted(
  settings: QueueSettings,
  saeHash: string,
  feature: number,
): number {
  return inShare(settings, saeHash, feature) ? settings.target : 1;
}

/** Whether the feature waits for another answer; what is decided does not. */
export function needsAnswer(
  { state, answers }: Answered,
  wanted: number,
): boolean {
  return (
    answers < wanted && state !== "accepted" && state !== "uninterpretable"
  );
}

/**
 * Whether several people are to label the feature. It depends on the feature
 * alone: a larger share holds the smaller one.
 */
export function inShare(
  { share }: Pick<QueueSettings, "share">,
  saeHash: string,
  feature: number,
): boolean {
  return share > 0 && spread(named(`share ${saeHash}`), feature) < share;
}

/** In which of `of` equal parts of an SAE a feature is, from 0. */
export function partOf(saeHash: string, feature: number, of: number): number {
  return Math.floor(spread(named(`part ${saeHash}`), feature) * of);
}

/* Asked for every feature of the same few SAEs. */
const hashes = new Map<string, number>();

function named(text: string): number {
  let hash = hashes.get(text);
  if (hash === undefined) {
    if (hashes.size > 100) hashes.clear();
    hashes.set(text, (hash = hashOf(text)));
  }
  return hash;
}

/** 32 bits of a text (FNV-1a). */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

/** A number in [0, 1) for each feature, the same every time (MurmurHash3's end). */
export function spread(hash: number, feature: number): number {
  let h = (hash ^ Math.imul(feature + 1, 0x9e3779b1)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}
