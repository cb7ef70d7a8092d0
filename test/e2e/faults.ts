import { readFileSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";

const axe = readFileSync("node_modules/axe-core/axe.min.js", "utf8");

/** What axe finds on the page as it is now, serious and critical. */
export async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
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
}

/** Tests of a page that has to be accessible in both themes and fit a phone. */
export function checkPage(
  name: string,
  path: string,
  ready: (page: Page) => Promise<void>,
): void {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`the ${name} has no serious accessibility fault (${colorScheme})`, async ({
      page,
    }) => {
      await page.emulateMedia({ colorScheme });
      await page.goto(path);
      await ready(page);
      expect(await axeFaults(page)).toEqual([]);
    });
  }

  test(`the ${name} fits a phone and logs no error`, async ({ page }) => {
    const errors: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
    page.on("pageerror", (error) => errors.push(error.message));
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(path);
    await ready(page);
    const width = await page.evaluate(
      () => document.documentElement.scrollWidth,
    );
    expect(width).toBeLessThanOrEqual(390);
    expect(errors).toEqual([]);
  });
}
