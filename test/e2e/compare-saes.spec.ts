import { expect, test } from "@playwright/test";
import { E2E_SAE, E2E_TWIN, TWIN_SHARED } from "./data";
import { checkPage } from "./accessibility";
import { twinOrder } from "./twin";

const PATH = `/compare?a=${E2E_SAE}&b=${E2E_TWIN}&state=all`;

test("two SAEs are chosen, matched at once, and their pairs are the right ones", async ({
  page,
}) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Compare" }).click();
  await page.getByLabel("SAE A").selectOption(E2E_SAE);
  await page.getByLabel("SAE B").selectOption(E2E_TWIN);
  await expect(page).toHaveURL(new RegExp(`a=${E2E_SAE}&b=${E2E_TWIN}`));
  // Nobody has matched them: the page has it done and shows how far it is.
  const common = page.getByRole("region", { name: "Features in common" });
  await expect(common.getByRole("slider")).toBeVisible({ timeout: 45_000 });
  await page.getByLabel("with features that never fired").check();

  // What the twin was made of is known.
  const counts = common.locator("tbody tr");
  await expect(counts.first()).toContainText(`${E2E_SAE}${TWIN_SHARED}`);
  await expect(counts.nth(1)).toContainText(`${E2E_TWIN}${TWIN_SHARED}`);
  const list = page.getByRole("region", { name: "Matched features" });
  await list.getByText(E2E_TWIN, { exact: true }).click();
  const rows = list.locator("tbody tr");
  await expect(rows).toHaveCount(50);
  const order = twinOrder();
  for (const text of await rows.allInnerTexts()) {
    const [twin, trained] = [...text.matchAll(/#(\d+)/g)].map((m) =>
      Number(m[1]),
    );
    expect(order[twin!]).toBe(trained);
  }
  await list.getByRole("button", { name: "Show more" }).click();
  await expect(rows).toHaveCount(100);

  await list.getByText(/^Unmatched/).click();
  await expect(page).toHaveURL(/list=unmatched/);
  await expect(rows.first()).toContainText(/#4\d\d|#5\d\d/);
  // The view is in the address.
  await page.reload();
  await expect(rows).toHaveCount(50);
  await expect(list.getByRole("radio", { name: /^Unmatched/ })).toBeChecked();
});

test("the threshold moves the counts, by keyboard and by a bar of the histogram", async ({
  page,
}) => {
  await page.goto(PATH);
  const slider = page.getByRole("slider");
  await slider.focus();
  await page.keyboard.press("End");
  await expect(page).toHaveURL(/t=1\.00/);
  const counts = page
    .getByRole("region", { name: "Features in common" })
    .locator("tbody tr");
  await expect(counts.first()).toContainText("5120 0 %0 0 %512");
  const bars = page.getByRole("img", { name: /^Histogram of the cosine/ });
  const box = (await bars.first().boundingBox())!;
  await page.mouse.click(box.x + 56 + (box.width - 64) * 0.91, box.y + 40);
  await expect(page).toHaveURL(/t=0\.9/);
  await expect(counts.first()).toContainText(`${E2E_SAE}${TWIN_SHARED}`);
});

test("a pair leads to the comparison of the two features", async ({ page }) => {
  await page.goto(PATH);
  await page
    .getByRole("link", { name: /^Compare #\d+ of/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(
    /Features \d+ and \d+/,
  );
  await expect(page).toHaveURL(new RegExp(`other=${E2E_TWIN}`));
});

test("figures and settings stand side by side", async ({ page }) => {
  await page.goto(PATH);
  const figures = page.getByRole("region", { name: "Figures" });
  await expect(figures.getByRole("row", { name: /^FVU/ })).toBeVisible();
  await expect(
    page.getByRole("region", { name: "Configuration" }),
  ).toContainText(/They differ in \d+ of \d+ settings/);
});

test("SAEs that cannot be compared are said to be so", async ({ page }) => {
  await page.goto(`/compare?a=${E2E_SAE}&b=${E2E_SAE}`);
  await expect(page.getByText(/These are the same SAE/)).toBeVisible();
  const missing = await page.goto(`/compare?a=${E2E_SAE}&b=none`);
  expect(missing!.status()).toBe(404);
});

checkPage("comparison of SAEs", PATH, async (page) => {
  await expect(page.getByRole("slider")).toBeVisible({ timeout: 45_000 });
  await page.waitForLoadState("networkidle");
});
