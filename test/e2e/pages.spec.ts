import { expect, test } from "@playwright/test";
import { checkPage } from "./accessibility";
import { untilAlive } from "./alive";
import { SAE_PATH, SWEEP_PATH } from "./data";

const PAGES = {
  home: "/",
  SAE: SAE_PATH,
  feature: `${SAE_PATH}/feature/3`,
  search: `${SAE_PATH}/search?q=the`,
  "search in all SAEs": "/search?q=the",
  sweeps: "/sweeps",
  sweep: SWEEP_PATH,
  API: "/api-docs",
  atlas: `${SAE_PATH}/atlas`,
  lists: "/lists",
  bookmarks: "/bookmarks",
  activity: "/activity?noun=label",
  "own text": `${SAE_PATH}/text?text=The+whale+swam`,
};

for (const [name, path] of Object.entries(PAGES)) {
  checkPage(`${name} page`, path);
}

test("the keys work: next, help, search, a number", async ({ page }) => {
  await page.goto(`${SAE_PATH}/feature/3`);
  await expect(page.getByRole("heading", { name: "Feature 3" })).toBeVisible();
  const next = await page
    .getByRole("link", { name: /Next/ })
    .getAttribute("href");
  await untilAlive(
    page.getByRole("button", { name: "Copy or export this feature" }),
  );
  await page.keyboard.press("j");
  await expect(page).toHaveURL(new RegExp(`${next}$`));
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  await page.keyboard.type("17");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Feature 17" })).toBeVisible();
  await page.keyboard.press("l");
  await expect(page.getByLabel("New label")).toBeFocused();
});

test("search finds features as one types and keeps the URL in step", async ({
  page,
}) => {
  await page.goto(`${SAE_PATH}/search`);
  await page
    .getByRole("searchbox", { name: "Search", exact: true })
    .fill("whale");
  await expect(page).toHaveURL(/q=whale/);
  await expect(page.getByRole("status")).toContainText(/\d+\+? features?/);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: /^Feature/ })).toBeVisible();
});

test("the theme is chosen, kept, and does not flash", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/");
  const html = page.locator("html");
  await expect(html).toHaveAttribute("data-theme", "light");
  await page.getByRole("button", { name: /light and dark/ }).click();
  await expect(html).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(html).toHaveAttribute("data-theme", "dark");
});

test("a click on the usage scatter opens a feature", async ({ page }) => {
  await page.goto(SAE_PATH);
  const points = page.getByRole("application", {
    name: /features by activation frequency/,
  });
  await expect(points).toBeVisible();
  const box = (await points.boundingBox())!;
  // Somewhere along the cloud's diagonal there is a point within reach.
  for (let f = 0.3; f < 0.7; f += 0.02) {
    await page.mouse.move(
      box.x + f * box.width,
      box.y + (1 - f * 0.6) * box.height,
    );
    if (
      (await points.evaluate((c) => (c as HTMLElement).style.cursor)) ===
      "pointer"
    )
      break;
  }
  await page.mouse.down();
  await page.mouse.up();
  await expect(page).toHaveURL(/\/feature\/\d+$/);
});

test("an unknown feature or SAE is a page that says so", async ({ page }) => {
  const feature = await page.goto(`${SAE_PATH}/feature/99999`);
  expect(feature!.status()).toBe(404);
  await expect(
    page.getByRole("heading", { name: "There is nothing here" }),
  ).toBeVisible();
  expect((await page.goto("/sae/none"))!.status()).toBe(404);
});
