/** Numbers as people read them; every function names its unit. */

/** 0.00123 → "0.12 %", 1.2e-6 → "0.00012 %". */
export function formatPercent(share: number, digits = 2): string {
  const percent = share * 100;
  if (percent === 0) return "0 %";
  if (percent >= 1) return `${percent.toFixed(digits)} %`;
  return `${Number(percent.toPrecision(2)).toString()} %`;
}

/** 0.0012 → "1 in 833 tokens". */
export function formatOneIn(share: number): string {
  if (share <= 0) return "never";
  const tokens = 1 / share;
  const shown = tokens < 10 ? tokens.toFixed(1) : Math.round(tokens);
  return `1 in ${Number(shown).toLocaleString("en")} tokens`;
}

/** An activation in units of the residual stream: three digits. */
export function formatActivation(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 100) return value.toFixed(0);
  if (size >= 10) return value.toFixed(1);
  if (size >= 0.01) return value.toFixed(2);
  return value.toExponential(1);
}

/** An activation as it was measured: four decimals, or more where it is tiny. */
export function formatExact(value: number): string {
  if (value === 0) return "0";
  return Math.abs(value) >= 0.001 ? value.toFixed(4) : value.toExponential(3);
}

export function formatCount(value: number): string {
  return value.toLocaleString("en");
}

/** 1234567 → "1.23M" */
export function formatCompact(value: number): string {
  return value.toLocaleString("en", {
    notation: "compact",
    maximumSignificantDigits: 3,
  });
}

/** "2026-11-23T18:00:00Z" → "23 Nov 2026, 18:00 UTC": the same everywhere. */
export function formatTime(iso: string): string {
  const date = new Date(iso);
  const day = date.toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
  return `${day}, ${date.toISOString().slice(11, 16)} UTC`;
}
