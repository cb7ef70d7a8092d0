import { FLAG_KINDS, type Flag, type FlagKind } from "#lib/contract/index";

/** What a flag says of a feature. */
export const FLAG_WORDS: Record<FlagKind, string> = {
  dead: "It never fires on real text, or only by chance",
  duplicate: "Another feature of this SAE does the same",
  polysemantic: "It fires on several things that have nothing in common",
  uninterpretable:
    "It means nothing to a person; counts as a vote for that, beside the labels",
};

/** "polysemantic 2 · dead 1" */
export function flagSummary(flags: readonly Pick<Flag, "flag">[]): string {
  const counts = FLAG_KINDS.map((kind) => {
    const count = flags.filter(({ flag }) => flag === kind).length;
    return { kind, count };
  }).filter(({ count }) => count > 0);
  return counts.length === 0
    ? "none"
    : counts.map(({ kind, count }) => `${kind} ${count}`).join(" · ");
}
