import { expect, test, type Page } from "@playwright/test";
import { E2E_SAE, E2E_SWEEP, SAE_PATH, SWEEP_PATH } from "./data";

const chart = (page: Page, measure: string) =>
  page.getByRole("img", { name: `${measure} against L0` });
const points = (page: Page, measure: string) =>
  chart(page, measure).locator(".recharts-scatter-symbol path");

test("from the home page to a sweep's charts, and on to an SAE", async ({
  page,
}) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Sweeps" }).click();
  await page.getByRole("link", { name: E2E_SWEEP }).click();
  await expect(
    page.getByRole("heading", { name: `Sweep ${E2E_SWEEP}` }),
  ).toBeVisible();
  // Four of the first hook are done.
  await expect(points(page, "FVU")).toHaveCount(4);
  await expect(points(page, "CE recovered")).toHaveCount(4);
  await expect(page.getByRole("list", { name: "Legend" })).toContainText(
    "Pareto frontier",
  );

  await page.getByLabel("Measure").selectOption("KL");
  await expect(points(page, "KL")).toHaveCount(4);

  await points(page, "FVU").first().hover();
  const box = page.locator(".recharts-tooltip-wrapper", {
    hasText: "click to open",
  });
  await expect(box).toContainText("FVU0.200");
  await expect(box).toContainText("k = 16");
  await points(page, "FVU").first().click();
  await expect(page).toHaveURL(new RegExp(`${SAE_PATH}$`));
});

test("a sweep's table is sorted, filtered by hook, and leads to the SAEs", async ({
  page,
}) => {
  await page.goto(SWEEP_PATH);
  const rows = page
    .getByRole("region", { name: "Figures" })
    .locator("tbody tr");
  await expect(rows).toHaveCount(4);
  await page.getByRole("button", { name: "FVU" }).click();
  await expect(rows.first()).toContainText("0.120");
  await page.getByRole("button", { name: "FVU" }).click();
  await expect(rows.first()).toContainText("0.310");

  await page.getByLabel("Hook").selectOption("blocks.3.hook_resid_post");
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText("0.420");
  await page.getByLabel("Hook").selectOption("All hooks");
  await expect(rows).toHaveCount(5);
  // Hooks do not compete.
  await expect(page.getByRole("list", { name: "Legend" })).not.toContainText(
    "Pareto frontier",
  );
  await page.getByRole("link", { name: E2E_SAE }).click();
  await expect(page).toHaveURL(new RegExp(`${SAE_PATH}$`));
});

test("what failed in a sweep is listed with its error", async ({ page }) => {
  await page.goto(SWEEP_PATH);
  await page.getByRole("link", { name: "1 failed" }).click();
  const failures = page.getByRole("region", { name: "Failed SAEs" });
  await expect(failures).toContainText("JumpReLU, 1,024, λ = 0.02");
  await expect(failures).toContainText("not finite at step 120");
});

test("a sweep that is not there or cannot be read is a page that says so", async ({
  page,
}) => {
  for (const name of ["none", "..%2Fsweeps", "%2E%2E%2Findex"]) {
    expect((await page.goto(`/sweeps/${name}`))!.status()).toBe(404);
  }
  await page.goto("/sweeps/damaged");
  await expect(page.getByRole("main").getByRole("alert")).toContainText(
    "cannot be read (it is not JSON)",
  );
  await page.goto("/sweeps");
  await expect(page.getByRole("main").getByRole("alert")).toContainText(
    "damaged",
  );
  await expect(page.getByRole("link", { name: E2E_SWEEP })).toBeVisible();
});
