import { expect, test, type Page } from "@playwright/test";
import { untilAlive } from "./alive";
import { E2E_SAE, SAE_PATH } from "./data";

const box = (page: Page) =>
  page.getByRole("searchbox", { name: "Search", exact: true });
const results = (page: Page) => page.locator("[data-result]");
const status = (page: Page) => page.getByRole("status").first();

test("words are looked for in every place, a group each, with counts", async ({
  page,
}) => {
  await page.goto(`${SAE_PATH}/search`);
  await box(page).fill("the");
  await expect(status(page)).toContainText(/Text: [\d,]+\+? features?/);
  const text = page.getByRole("region", { name: "Text", exact: true });
  await expect(text.locator("mark").first()).toHaveText(/^the$/i);

  const places = page.getByRole("navigation", { name: "Where to look" });
  await places.getByRole("link", { name: /^Tokens/ }).click();
  await expect(page).toHaveURL(/in=token/);
  await expect(page.getByRole("region", { name: "Tokens" })).toContainText(
    /fires on .* of its firings/,
  );
  await expect(text).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("region", { name: "Tokens" })).toBeVisible();
  await expect(box(page)).toHaveValue("the");
});

test("the keyboard alone goes from the box to a feature and back", async ({
  page,
}) => {
  await page.goto(`${SAE_PATH}/search`);
  await page.keyboard.type("the");
  await expect(results(page).first()).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(results(page).first()).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(results(page).nth(1)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(box(page)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  const number = await results(page).first().innerText();
  await page.keyboard.press("Enter");
  await expect(
    page.getByRole("heading", { name: `Feature ${number.slice(1)}` }),
  ).toBeVisible();
  await page.goBack();
  await expect(box(page)).toHaveValue("the");
  await box(page).focus();
  await page.keyboard.press("Escape");
  await expect(box(page)).toHaveValue("");
});

test("structured filters narrow a search and are taken out as chips", async ({
  page,
}) => {
  await page.goto(
    `${SAE_PATH}/search?${new URLSearchParams({ q: 'fires:" the" density:<20% -label' }).toString()}`,
  );
  await expect(results(page).first()).toBeVisible();
  const chips = page.getByRole("list", { name: "Filters" });
  await expect(chips.getByRole("listitem")).toHaveCount(3);
  await expect(page.locator("mark").first()).toHaveText("the");
  await chips.getByRole("button", { name: "Remove -label" }).click();
  await expect(box(page)).toHaveValue('fires:" the" density:<20%');
  await page.getByLabel("Order").selectOption("rarity × match");
  await expect(page).toHaveURL(/sort%3Ararity/);
  await page.getByLabel("Hide dense").check();
  await expect(box(page)).toHaveValue(/-is:dense/);
});

test("what is not understood is said, with what may be meant", async ({
  page,
}) => {
  await page.goto(`${SAE_PATH}/search`);
  await box(page).fill("densty:<1e-3");
  const use = page.getByRole("button", { name: /^Use density:/ });
  await expect(use).toBeVisible();
  await expect(box(page)).toHaveAttribute("aria-invalid", "true");
  await use.click();
  await expect(box(page)).toHaveValue("density:<1e-3");
  await expect(box(page)).not.toHaveAttribute("aria-invalid", "true");
  await expect(status(page)).toContainText(/features?|Nothing found/);
});

test("an own text ranks features, by one token when asked", async ({
  page,
}) => {
  test.setTimeout(90_000);
  await page.goto(
    `${SAE_PATH}/search?${new URLSearchParams({ q: 'text:"The king of the north"' }).toString()}`,
  );
  const own = page.getByRole("region", { name: "Tokens of your text" });
  // The first text waits for the model to be loaded.
  await expect(own).toBeVisible({ timeout: 45_000 });
  await expect(page.getByRole("region", { name: "Your text" })).toContainText(
    / on /,
  );
  await own.getByRole("button", { name: "king" }).click();
  await expect(box(page)).toHaveValue(/on:2/);
  await expect(own.getByText(/sum over the chosen tokens/)).toBeVisible();
});

test("similar features and numbers", async ({ page }) => {
  await page.goto(`${SAE_PATH}/search`);
  await box(page).fill("like:3");
  await expect(page.getByRole("region", { name: "Features" })).toContainText(
    /decoder cosine 0\.\d{3}/,
  );
  await box(page).fill("#3");
  await expect(
    page.getByRole("region", { name: "Similar to #3" }),
  ).toContainText(/decoder cosine 0\.\d{3}/);
  await expect(
    page.getByRole("region", { name: "By number" }).locator("[data-result]"),
  ).toHaveText("#3");
});

test("labels are found by what they mean", async ({ page }) => {
  const made = await page.request.post(
    `/api/saes/${E2E_SAE}/features/11/labels`,
    { data: { text: "stormy weather at sea" } },
  );
  expect(made.status()).toBe(201);
  await page.goto(`${SAE_PATH}/search?q=hurricane`);
  const meaning = page.getByRole("region", { name: "Meaning", exact: true });
  await expect(meaning.locator("[data-result]")).toHaveText(["#11"]);
  await expect(meaning.locator("mark")).toHaveText("stormy");
  await expect(page.getByRole("region", { name: "Labels" })).toHaveCount(0);

  const places = page.getByRole("navigation", { name: "Where to look" });
  await places.getByRole("link", { name: /^Meaning/ }).click();
  await expect(page).toHaveURL(/in=about/);
  await expect(meaning.locator("[data-result]")).toHaveText(["#11"]);
});

test("how to search is explained, with examples that run", async ({ page }) => {
  await page.goto(`${SAE_PATH}/search`);
  await page.getByRole("button", { name: "How to search" }).click();
  const help = page.getByRole("dialog", { name: "How to search" });
  await help.getByRole("button", { name: "presid*" }).click();
  await expect(help).toBeHidden();
  await expect(box(page)).toHaveValue("presid*");
  await expect(page).toHaveURL(/q=presid/);
});

test("every SAE is searched from the first page", async ({ page }) => {
  await page.goto("/");
  await page.keyboard.press("/");
  await page.keyboard.type("the");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/search\?q=the$/);
  const found = page.getByRole("region", { name: E2E_SAE });
  await expect(found.locator("[data-result]").first()).toBeVisible();
  await found.getByRole("link", { name: /Text: / }).click();
  await expect(page).toHaveURL(new RegExp(`${SAE_PATH}/search`));
});

test("the table's box, controls and headings write one filter", async ({
  page,
}) => {
  await page.goto(SAE_PATH);
  const filter = page.getByRole("searchbox", { name: "Filter features" });
  const rows = page
    .getByRole("region", { name: "Features" })
    .locator("tbody tr");
  await untilAlive(filter);
  await filter.fill("the density:<50%");
  await expect(page).toHaveURL(/q=the\+density/);
  await expect(rows.first()).toBeVisible();
  await page
    .getByRole("combobox", { name: "State", exact: true })
    .selectOption("Dead");
  await expect(filter).toHaveValue(/is:dead/);
  await page.getByRole("button", { name: "Reset" }).click();
  await expect(filter).toHaveValue("");
  await page.getByRole("button", { name: "Max", exact: true }).click();
  await expect(filter).toHaveValue("sort:max");
  await page.getByRole("button", { name: "Max", exact: true }).click();
  await expect(filter).toHaveValue("sort:max-asc");
  await expect(page.locator("th[aria-sort='ascending']")).toHaveCount(1);
});
