import { expect, test, type Page } from "@playwright/test";
import { SAE_PATH } from "./data";
import { canvasInk } from "./geometry";
import { boxOf, drag, mapOf } from "./maps";

const count = async (page: Page, title: string) => {
  const status = page
    .getByRole("region", { name: `${title}: features` })
    .getByRole("status")
    .first();
  await expect(status).toContainText(/^[\d,]+ feature/);
  return Number.parseInt((await status.innerText()).replaceAll(",", ""));
};

test("a lasso lists what is inside, and the address keeps it", async ({
  page,
}) => {
  await page.goto(SAE_PATH);
  await page
    .getByRole("navigation", { name: "Ways in" })
    .getByRole("link", { name: "Atlas" })
    .click();
  await expect(page.getByRole("heading", { name: "Atlas" })).toBeVisible();
  const all = await count(page, "In view");
  await page.getByRole("button", { name: "Lasso" }).click();
  await drag(page, mapOf(page), [
    [0.5, 0.1],
    [0.9, 0.1],
    [0.9, 0.9],
    [0.5, 0.9],
  ]);
  await expect(page).toHaveURL(/area=/);
  const inside = await count(page, "Selected");
  expect(inside).toBeGreaterThan(0);
  expect(inside).toBeLessThan(all);
  const rows = page.getByRole("row");
  await expect(rows).toHaveCount(1 + Math.min(inside, 50));
  if (inside > 50) {
    await page.getByRole("button", { name: "Show more" }).click();
    await expect(rows).toHaveCount(1 + Math.min(inside, 100));
  }
  await page.reload();
  expect(await count(page, "Selected")).toBe(inside);
  await page.getByRole("button", { name: "Clear selection" }).click();
  expect(await count(page, "In view")).toBe(all);
});

test("keys move and zoom the map, and the list follows", async ({ page }) => {
  await page.goto(`${SAE_PATH}/atlas`);
  const all = await count(page, "In view");
  await mapOf(page).focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press("+");
  await page.keyboard.press("ArrowRight");
  await expect(page).toHaveURL(/at=[^&]+/);
  await expect.poll(() => count(page, "In view")).toBeLessThan(all);
  const near = page.url();
  const some = await count(page, "In view");
  await page.goto(near);
  expect(await count(page, "In view")).toBe(some);
  await mapOf(page).focus();
  await page.keyboard.press("0");
  await expect.poll(() => count(page, "In view")).toBe(all);
});

test("colours show density, labelling or source; a legend's entry stands out", async ({
  page,
}) => {
  await page.goto(`${SAE_PATH}/atlas`);
  await expect(mapOf(page)).toBeVisible();
  await page.waitForTimeout(300);
  const byDensity = await canvasInk(mapOf(page));
  await page.getByLabel("Colour by").selectOption("source it fires in most");
  await expect(page).toHaveURL(/colour=source/);
  const legend = page.getByRole("list", { name: "Colours" });
  await expect(legend).toContainText("wordnet");
  await page.waitForTimeout(300);
  const bySource = await canvasInk(mapOf(page));
  expect(bySource.cells).toEqual(byDensity.cells);
  expect(bySource.hues).not.toEqual(byDensity.hues);
  await legend.getByRole("button", { name: /wordnet/ }).click();
  await expect(page).toHaveURL(/only=\d/);
  await page.waitForTimeout(300);
  expect((await canvasInk(mapOf(page))).cells).not.toEqual(bySource.cells);
  await page.getByLabel("Colour by").selectOption("state of its labelling");
  await expect(legend).toContainText("disputed");
  await expect(page).not.toHaveURL(/only=/);
});

test("pointing at a point shows the feature, a click opens it", async ({
  page,
}) => {
  await page.goto(`${SAE_PATH}/atlas?at=0,0,6`);
  const box = await boxOf(mapOf(page));
  const peek = page.getByText(/^#\d+$/).and(page.locator("strong"));
  for (let i = 0; i < 200 && !(await peek.isVisible()); i++) {
    await page.mouse.move(
      box.x + ((i * 37) % box.width),
      box.y + ((i * 53) % box.height),
    );
  }
  await expect(peek).toBeVisible();
  const feature = (await peek.innerText()).slice(1);
  await page.mouse.down();
  await page.mouse.up();
  await expect(page).toHaveURL(new RegExp(`/feature/${feature}$`));
});

test("a token typed lights its features up, and the address keeps it", async ({
  page,
  request,
}) => {
  await page.goto(`${SAE_PATH}/atlas`);
  await expect(mapOf(page)).toBeVisible();
  await page.waitForTimeout(300);
  const before = await canvasInk(mapOf(page));
  await page.getByRole("searchbox", { name: "Light up" }).fill("the");
  await expect(page).toHaveURL(/light=the/);
  const lit = await count(page, "Lit up");
  const found = (await (
    await request.get(
      `/api${SAE_PATH.replace("/sae/", "/saes/")}/search?q=the&in=token&limit=100`,
    )
  ).json()) as { groups: { results: unknown[] }[] };
  expect(lit).toBe(found.groups[0]!.results.length);
  await page.waitForTimeout(300);
  expect((await canvasInk(mapOf(page))).cells).not.toEqual(before.cells);
  await page.reload();
  expect(await count(page, "Lit up")).toBe(lit);
  await page.getByRole("searchbox", { name: "Light up" }).fill("");
  await expect(page).not.toHaveURL(/light=/);
  await count(page, "In view");
});
