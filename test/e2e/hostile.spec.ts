import { readFileSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";
import { HOSTILE } from "../db/hostile";
import { untilAlive } from "./alive";
import { E2E_HOSTILE } from "./data";

const SAE = `/sae/${E2E_HOSTILE}`;
const NAMES = Object.keys(HOSTILE) as (keyof typeof HOSTILE)[];

/** Nothing of the corpus has run, nor become a part of the page. */
async function expectHarmless(page: Page): Promise<void> {
  const found = await page.evaluate(() => ({
    hacked: (window as { hacked?: number }).hacked,
    elements: document.querySelectorAll(
      "main img, main [onerror], main [onclick], main [onmouseover], main a[href^=javascript]",
    ).length,
    scripts: document.querySelectorAll("main li script, main p script").length,
    shown: getComputedStyle(document.querySelector("main")!).display,
  }));
  expect(found).toEqual({
    hacked: undefined,
    elements: 0,
    scripts: 0,
    shown: "block",
  });
}

for (const width of [1440, 390]) {
  test(`features of hostile text are shown as what they are, ${width} px wide`, async ({
    page,
  }) => {
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.setViewportSize({ width, height: 844 });
    for (const index of [1, 2, 3, 5, 7, 41]) {
      for (const view of ["snippet", "whole", "stack"]) {
        await page.goto(`${SAE}/feature/${index}?view=${view}&breaks=1`);
        await expect(
          page.getByRole("heading", { name: `Feature ${index}` }),
        ).toBeVisible();
        await expectHarmless(page);
        const room = await page.evaluate(
          () => document.documentElement.scrollWidth,
        );
        expect(room, `feature ${index} ${view}`).toBeLessThanOrEqual(width);
      }
    }
    expect(errors).toEqual([]);
  });
}

test("a hostile document reads as it was written, marks in place of what hides or turns text", async ({
  page,
}) => {
  const shown: Record<string, string> = {};
  for (const [id, name] of NAMES.entries()) {
    await page.goto(`${SAE}/document/${id}?feature=1`);
    await expect(page.getByText(/model or the SAE's files/)).toBeVisible();
    await expectHarmless(page);
    shown[name] = await page.locator("main .card").evaluate((card) => {
      // Words for screen readers are not the text's.
      const copy = card.cloneNode(true) as HTMLElement;
      for (const words of copy.querySelectorAll(".visually-hidden")) {
        words.remove();
      }
      return copy.textContent;
    });
  }
  for (const name of ["markup", "quotes", "formula", "endoftext"] as const) {
    expect(shown[name]).toContain(HOSTILE[name]);
  }
  // A letter of two tokens has a mark where the second one stands.
  expect(shown["rightToLeft"]!.replaceAll("·", "")).toContain(
    HOSTILE.rightToLeft,
  );
  expect(shown["scripts"]).toContain("漢字かな交じり文");
  expect(shown["long"]).toContain("=".repeat(300));
  expect(shown["controls"]).toContain("⟨0007⟩");
  expect(shown["controls"]).toContain("⟨0000⟩");
  expect(shown["controls"]).toContain("⟨001b⟩[31mred");
  expect(shown["controls"]).toContain("⟨2028⟩");
  expect(shown["directions"]).toContain("⟨202e⟩gnorw⟨202c⟩");
  expect(shown["directions"]).toContain("⟨061c⟩");
  expect(shown["invisible"]).toContain("soft⟨00ad⟩hyphen zero⟨200b⟩width");
  expect(shown["emoji"]).toContain("whale 🐋");
  expect(shown["emoji"]).toContain("👩⟨200d⟩👩");
  expect(shown["emoji"]).toContain("👍🏽");
  expect(shown["broken"]).not.toContain("\ud83d");
});

test("hostile titles, files and pictures are no danger either", async ({
  page,
}) => {
  await page.goto(`${SAE}/feature/1`);
  await expect(page.locator("main b[onclick]")).toHaveCount(0);
  await expect(page.getByText(/<b onclick=/).first()).toBeVisible();
  await untilAlive(
    page.getByRole("button", { name: "Copy or export this feature" }),
  );
  await page.keyboard.press("e");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: /^Contexts/ }).click(),
  ]);
  const csv = readFileSync((await file.path())!, "utf8");
  // No cell begins as a formula does.
  expect(csv).not.toMatch(/(^|,|\r\n)"?[=+@]/);
  await page
    .getByRole("button", { name: /^More about this context/ })
    .first()
    .click();
  const [image] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "Download image" }).click(),
  ]);
  expect(image.suggestedFilename()).toMatch(/^hostile-1-context-\d+-\d+\.png$/);
  await expectHarmless(page);
});
