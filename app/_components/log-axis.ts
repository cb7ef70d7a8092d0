/** A logarithmic axis's ends. */
export type Domain = [number, number];

/** The values' range with a little room on a logarithmic axis. */
export function logDomain(values: Iterable<number>): Domain {
  let min = Infinity;
  let max = 0;
  for (const value of values) {
    if (value > 0 && value < min) min = value;
    if (value > max) max = value;
  }
  if (!(max > 0)) return [1e-6, 1];
  return [min / 1.25, max * 1.25];
}

/** Powers of ten inside the domain; halves and fifths when those are few. */
export function logTicks([min, max]: Domain): number[] {
  const steps = Math.log10(max / min) > 2.5 ? [1] : [1, 2, 5];
  const ticks: number[] = [];
  for (let e = Math.floor(Math.log10(min)); e <= Math.log10(max); e++) {
    for (const step of steps) {
      const tick = Number(`${step}e${e}`);
      if (tick >= min && tick <= max) ticks.push(tick);
    }
  }
  return ticks;
}

/** Where a value lies between the ends, 0 … 1. */
export function logPosition(value: number, [min, max]: Domain): number {
  return Math.log(value / min) / Math.log(max / min);
}
