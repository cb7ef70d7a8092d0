import { readFileSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";

const axe = readFileSync("node_modules/axe-core/axe.min.js", "utf8");

interface Violation {
  id: string;
  impact: string;
  nodes: { target: string[]; failureSummary: string }[];
}

/** What axe finds on the page as it stands that is serious or critical. */
export async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const { axe: checker } = window as unknown as {
      axe: { run(): Promise<{ violations: Violation[] }> };
    };
    return (await checker.run()).violations;
  });
  return violations
    .filter((v) => v.impact === "serious" || v.impact === "critical")
    .map(
      (v) =>
        `${v.id}: ${v.nodes[0]!.target.join()} ${v.nodes[0]!.failureSummary}`,
    );
}

/** An open stream is never idle; pages that need none are spared it. */
async function withoutLive(page: Page): Promise<void> {
  await page.route("**/api/live*", (route) =>
    route.fulfill({
      contentType: "text/event-stream",
      body: "retry: 60000\n\n",
    }),
  );
}

const loaded = async (page: Page) => {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
};

/**
 * Tests that a page has no serious fault in either theme, fits a phone, and
 * logs no error. `ready` waits until all of it is there.
 */
export function checkPage(
  name: string,
  path: string,
  ready: (page: Page) => Promise<void> = loaded,
): void {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`the ${name} has no serious accessibility fault (${colorScheme})`, async ({
      page,
    }) => {
      await withoutLive(page);
      await page.emulateMedia({ colorScheme });
      await page.goto(path);
      await ready(page);
      await page.waitForLoadState("networkidle");
      expect(await seriousFaults(page)).toEqual([]);
    });
  }

  test(`the ${name} fits a phone and logs no error`, async ({ page }) => {
    const errors: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
    page.on("pageerror", (error) => errors.push(error.message));
    await withoutLive(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(path);
    await ready(page);
    await page.waitForLoadState("networkidle");
    const width = await page.evaluate(
      () => document.documentElement.scrollWidth,
    );
    expect(width).toBeLessThanOrEqual(390);
    expect(errors).toEqual([]);
  });
}
