import { expect, test, type Page } from "@playwright/test";
import { untilAlive } from "./alive";
import { SAE_PATH } from "./data";
import { drag, mapOf } from "./maps";

const table = (page: Page) => page.getByRole("region", { name: "Features" });

/** How many features the table says match. */
async function matching(page: Page): Promise<number> {
  const status = table(page).getByRole("status").first();
  await expect(status).toContainText(/^[\d,]+ match/);
  return Number.parseInt((await status.innerText()).replaceAll(",", ""));
}

test("a box drawn on the scatter filters the table, by address too", async ({
  page,
}) => {
  await page.goto(SAE_PATH);
  const all = await matching(page);
  await page.getByRole("button", { name: "Select", exact: true }).click();
  await drag(page, mapOf(page), [
    [0.3, 0.2],
    [0.6, 0.7],
  ]);
  await expect(page).toHaveURL(/q=density%3A[^&]+mean%3A/);
  const selected = page.getByText(/features selected/);
  const count = Number.parseInt((await selected.innerText()).replace(",", ""));
  expect(count).toBeGreaterThan(0);
  expect(count).toBeLessThan(all);
  await expect.poll(() => matching(page)).toBe(count);
  await page.reload();
  await expect(selected).toContainText(String(count));
  expect(await matching(page)).toBe(count);
  await page.getByRole("button", { name: "Clear selection" }).click();
  await expect.poll(() => matching(page)).toBe(all);
  await expect(page).not.toHaveURL(/density%3A/);
});

test("how near one has come is in the address", async ({ page }) => {
  await page.goto(SAE_PATH);
  const ticks = () => page.locator("figure svg text").allTextContents();
  await expect(mapOf(page)).toBeVisible();
  const before = await ticks();
  await page.getByRole("button", { name: "Zoom in" }).click();
  await page.getByRole("button", { name: "Zoom in" }).click();
  await expect(page).toHaveURL(/at=[^&]*2\.56/);
  const near = await ticks();
  expect(near).not.toEqual(before);
  await page.reload();
  await expect(mapOf(page)).toBeVisible();
  expect(await ticks()).toEqual(near);
  await mapOf(page).focus();
  await page.keyboard.press("0");
  await expect(page).not.toHaveURL(/at=/);
  expect(await ticks()).toEqual(before);
});

test("a bin of the density histogram filters the table; dead and dense ones are a click away", async ({
  page,
}) => {
  await page.goto(SAE_PATH);
  await page.getByText("The bins as a table").click();
  const bins = page
    .getByRole("group", { name: "The bins as a table" })
    .locator("tbody tr");
  // The fullest bin.
  const counts = await bins.locator("td:last-child").allInnerTexts();
  const most = Math.max(...counts.map(Number));
  const bin = bins.nth(counts.indexOf(String(most))).getByRole("button");
  await bin.click();
  await expect(bin).toHaveAttribute("aria-pressed", "true");
  await expect(page).toHaveURL(/density%3A/);
  await expect.poll(() => matching(page)).toBe(most);
  await bin.click();
  await expect(page).not.toHaveURL(/density%3A/);

  const dense = page.getByRole("link", { name: /^[\d,]+ dense$/ });
  const wanted = Number.parseInt(await dense.innerText());
  await dense.click();
  await expect(page).toHaveURL(/q=is%3Adense#features$/);
  await expect.poll(() => matching(page)).toBe(wanted);
});

test("every figure is explained, by pointer and by keyboard", async ({
  page,
}) => {
  await page.goto(SAE_PATH);
  const fvu = page.getByRole("button", { name: "FVU", exact: true });
  const box = page.getByRole("tooltip");
  await expect(box.filter({ visible: true })).toHaveCount(0);
  await fvu.hover();
  await expect(box.filter({ visible: true })).toContainText(
    /Fraction of variance unexplained.*on [\d,]+ tokens/,
  );
  await page.mouse.move(0, 0);
  await expect(box.filter({ visible: true })).toHaveCount(0);
  await fvu.focus();
  await page.keyboard.press("Tab");
  await expect(box.filter({ visible: true })).toContainText(
    /cross-entropy.*held-out predictions/,
  );
  await page.keyboard.press("Escape");
  await expect(box.filter({ visible: true })).toHaveCount(0);
});

test("the training is shown figure by figure, and as a table", async ({
  page,
}) => {
  await page.goto(SAE_PATH);
  await untilAlive(page.getByRole("combobox", { name: "Show" }));
  await page
    .getByRole("combobox", { name: "Show" })
    .selectOption("Learning rate");
  await expect(page).toHaveURL(/curve=lr/);
  await expect(
    page.getByRole("img", { name: /^Learning rate over training/ }),
  ).toBeVisible();
  await page.getByText("The training as a table").click();
  const training = page.getByRole("group", { name: "The training as a table" });
  await expect(training.getByRole("columnheader")).toContainText([
    "step",
    "tokens",
    "FVU",
    "L0",
  ]);
  await expect(training.getByRole("row").nth(1)).toContainText("0");
});

test("what made the SAE can be read in full", async ({ page, request }) => {
  await page.goto(SAE_PATH);
  const provenance = page.getByRole("region", { name: "Provenance" });
  await expect(provenance).toContainText(/SHA-256 of its weights [0-9a-f]{64}/);
  await expect(provenance).toContainText("onnx");
  await provenance.getByText("Configuration of its training").click();
  await expect(provenance).toContainText("deadAfterTokens");
  await provenance.getByText("How the index was made").click();
  await expect(provenance).toContainText("equal count");
  const json = await provenance
    .getByRole("link", { name: "This page as JSON" })
    .getAttribute("href");
  const detail = (await (await request.get(json!)).json()) as object;
  expect(detail).toMatchObject({ training: { seed: 0 } });
});
