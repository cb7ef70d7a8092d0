/** Counts of a feature's activations: bin i is (i · binWidth, (i + 1) · binWidth]. */
export interface ActivationCounts {
  binWidth: number;
  counts: readonly number[];
}

/**
 * The share of firings that are weaker than `value`, from the counts of a
 * histogram; inside a bin it is taken to grow evenly.
 */
export function shareBelow(
  { binWidth, counts }: ActivationCounts,
  value: number,
): number {
  const total = counts.reduce((a, b) => a + b, 0);
  if (total === 0 || !(binWidth > 0)) return 0;
  let below = 0;
  counts.forEach((count, i) => {
    const inside = value / binWidth - i;
    below += count * Math.min(1, Math.max(0, inside));
  });
  return below / total;
}

/** The inverse: the activation that this share of firings is weaker than. */
export function valueAtShare(
  { binWidth, counts }: ActivationCounts,
  share: number,
): number {
  const total = counts.reduce((a, b) => a + b, 0);
  let below = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!;
    if (count > 0 && below + count >= share * total) {
      return binWidth * (i + Math.max(0, share * total - below) / count);
    }
    below += count;
  }
  return binWidth * counts.length;
}

/** "stronger than 97 % of its firings" */
export function compareToFirings(
  counts: ActivationCounts,
  max: number,
  value: number,
): string {
  if (value <= 0) return "does not fire";
  if (value > max) return "stronger than all in the corpus";
  const share = 100 * shareBelow(counts, value);
  const words =
    share >= 99.95 ? "99.9" : share >= 99 ? share.toFixed(1) : share.toFixed(0);
  return `stronger than ${words} % of its firings`;
}
