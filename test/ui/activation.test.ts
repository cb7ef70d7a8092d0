import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { activationStep, RAMP } from "#app/_components/activation";
import { formatOneIn, formatPercent } from "#app/_components/format";
import { logDomain, logPosition, logTicks } from "#app/_components/log-axis";
import { visibleText } from "#app/_components/visible-text";

/** WCAG 2: contrast ratio of two #rrggbb colours. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [r, g, bl] = [1, 3, 5].map((i) => {
      const c = parseInt(hex.slice(i, i + 2), 16) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * bl!;
  };
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
}

describe("the activation ramp", () => {
  it.each(Object.entries(RAMP))("is readable on every step (%s)", (_, ramp) => {
    for (const fill of [...ramp.fills, ...ramp.otherFills]) {
      expect(contrast(ramp.text, fill)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("is the one in the style sheet", () => {
    const css = readFileSync("app/globals.css", "utf8");
    for (const { text, fills, otherFills } of Object.values(RAMP)) {
      expect(css).toContain(`--act-text: ${text};`);
      fills.forEach((fill, i) => {
        expect(css).toContain(`--act-${i + 1}: ${fill};`);
        expect(css).toContain(`--act-b-${i + 1}: ${otherFills[i]};`);
      });
    }
  });

  it("has a step for each quarter of the maximum, and none for silence", () => {
    expect(
      [0, 0.01, 2.5, 2.6, 5.1, 7.6, 10, 12].map((v) => activationStep(v, 10)),
    ).toEqual([0, 1, 1, 2, 3, 4, 4, 4]);
    expect(activationStep(1, 0)).toBe(0);
  });
});

describe("numbers and text for people", () => {
  it("say rare frequencies without a row of zeros", () => {
    expect(formatPercent(0)).toBe("0 %");
    expect(formatPercent(0.2361)).toBe("23.61 %");
    expect(formatPercent(0.00031)).toBe("0.031 %");
    expect(formatOneIn(1 / 830)).toBe("1 in 830 tokens");
    expect(formatOneIn(0)).toBe("never");
  });

  it("show control and direction characters instead of obeying them", () => {
    expect(visibleText("a\nb\tc")).toBe("a↵b⇥c");
    expect(visibleText("\u202eabc\u0000")).toBe("⟨202e⟩abc⟨0000⟩");
    expect(visibleText("<script>é漢🐋")).toBe("<script>é漢🐋");
  });
});

describe("the logarithmic axis", () => {
  it("covers the values and puts ticks inside", () => {
    const domain = logDomain([0.001, 0.5, 0.02]);
    for (const value of [0.001, 0.5]) {
      const at = logPosition(value, domain);
      expect(at).toBeGreaterThan(0);
      expect(at).toBeLessThan(1);
    }
    for (const tick of logTicks(domain)) {
      expect(tick).toBeGreaterThanOrEqual(domain[0]);
      expect(tick).toBeLessThanOrEqual(domain[1]);
    }
    expect(logTicks([1e-6, 1])).toEqual([1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1]);
  });
});
