/** About `count` round numbers from `least` to `most`, 1, 2 or 5 times 10ⁿ apart. */
export function linearTicks(
  least: number,
  most: number,
  count: number,
): number[] {
  const span = most - least;
  if (!(span > 0)) return [least];
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    [1, 2, 5, 10].map((s) => s * power).find((s) => s >= rough * 0.999) ??
    10 * power;
  const ticks: number[] = [];
  for (let i = Math.ceil(least / step - 1e-9); i * step <= most; i++) {
    // 3 · 0.1 is 0.30000000000000004.
    ticks.push(Number((i * step).toPrecision(12)));
  }
  return ticks;
}
