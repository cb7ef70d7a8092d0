import { logTicks, type Domain } from "./log-axis";

/**
 * Round values inside a domain of a logarithmic axis, however near one has
 * come: decades, then 1, 2 and 5, then equal steps.
 *
 * @param room how many there is room for, at least 2
 */
export function valueTicks(domain: Domain, room: number): number[] {
  const [min, max] = domain;
  const ratio = max / min;
  if (ratio < 6) return linearTicks(domain, room);
  const ticks = logTicks(domain);
  if (ticks.length <= room) return ticks;
  const decades = ticks.filter(isPowerOfTen);
  const every = Math.ceil(decades.length / room);
  return decades.filter((_, i) => i % every === 0);
}

function linearTicks([min, max]: Domain, room: number): number[] {
  const rough = (max - min) / Math.min(5, room);
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((n) => n * decade >= rough)! * decade;
  const ticks: number[] = [];
  for (let n = Math.ceil(min / step); n * step <= max; n++) {
    // 3 × 0.1 is to be 0.3.
    ticks.push(Number((n * step).toPrecision(10)));
  }
  return ticks;
}

function isPowerOfTen(value: number): boolean {
  const exponent = Math.log10(value);
  return Math.abs(exponent - Math.round(exponent)) < 1e-9;
}
