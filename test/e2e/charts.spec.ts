import { expect, test, type Page } from "@playwright/test";
import { FIXTURE_SAE_ID } from "../db/fixture";
import {
  canvasInk,
  chartShapes,
  differencesOf,
  expectLikeSnapshot,
} from "./geometry";
import { mapOf } from "./maps";

/*
 * Of the fixture index, which is the same on every machine: a trained SAE's
 * numbers depend on how a processor adds.
 */
const SAE = `/sae/${FIXTURE_SAE_ID}`;

test("a comparison with a snapshot notices what has changed", () => {
  const before = { bars: [[0.1, 0.2]], curves: [] };
  expect(
    differencesOf(before, { bars: [[0.105, 0.2]], curves: [] }, "a"),
  ).toEqual([]);
  expect(
    differencesOf(before, { bars: [[0.15, 0.2]], curves: [] }, "a"),
  ).toEqual(["a.bars[0][0]: 0.15 instead of 0.1"]);
  expect(differencesOf(before, { bars: [], curves: [] }, "a")).toHaveLength(1);
});

const plot = (page: Page, name: RegExp) => page.getByRole("img", { name });

test("the SAE page's charts are drawn as they were", async ({ page }) => {
  await page.goto(SAE);
  const density = plot(page, /^Features by activation frequency/);
  await expect(
    density.locator(".recharts-bar-rectangle").first(),
  ).toBeVisible();
  expectLikeSnapshot("density", await chartShapes(density));
  const training = (measure: string) =>
    plot(page, new RegExp(`^${measure} over training`));
  await expect(training("FVU").locator(".recharts-curve")).toBeVisible();
  expectLikeSnapshot("training-fvu", await chartShapes(training("FVU")));
  await page.getByRole("combobox", { name: "Show" }).selectOption("Dead");
  await expect(training("Dead").locator(".recharts-curve")).toBeVisible();
  expectLikeSnapshot("training-dead", await chartShapes(training("Dead")));
  await expect(mapOf(page)).toBeVisible();
  await page.waitForTimeout(300);
  expectLikeSnapshot("usage", await canvasInk(mapOf(page)));
});

test("the atlas is drawn as it was, whole and near, in its colours", async ({
  page,
}) => {
  await page.goto(`${SAE}/atlas`);
  await expect(mapOf(page)).toBeVisible();
  await page.waitForTimeout(300);
  expectLikeSnapshot("atlas", await canvasInk(mapOf(page)));
  await page.goto(`${SAE}/atlas?colour=source&at=0.4,-0.2,3`);
  await expect(mapOf(page)).toBeVisible();
  await page.waitForTimeout(300);
  expectLikeSnapshot("atlas-near", await canvasInk(mapOf(page)));
});
