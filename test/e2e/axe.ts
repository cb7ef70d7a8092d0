import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";

const axe = readFileSync("node_modules/axe-core/axe.min.js", "utf8");

/** Expects no serious accessibility fault on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.evaluate(axe);
  const faults = await page.evaluate(async () => {
    const { axe: checker } = window as unknown as {
      axe: {
        run(): Promise<{
          violations: {
            id: string;
            impact: string;
            nodes: { target: string[]; failureSummary: string }[];
          }[];
        }>;
      };
    };
    const { violations } = await checker.run();
    return violations
      .filter((v) => v.impact === "serious" || v.impact === "critical")
      .map(
        (v) =>
          `${v.id}: ${v.nodes[0]!.target.join()} ${v.nodes[0]!.failureSummary}`,
      );
  });
  expect(faults).toEqual([]);
}
