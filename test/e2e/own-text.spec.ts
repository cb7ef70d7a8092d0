import { expect, test } from "@playwright/test";
import { SAE_PATH } from "./data";

test("own text shows the features that fire on each token", async ({
  page,
}) => {
  await page.goto(`${SAE_PATH}/text`);
  await page.getByLabel("Text", { exact: true }).fill("The whale swam away.");
  await page.getByRole("button", { name: "Run" }).click();
  await expect(page).toHaveURL(/text=The\+whale/);
  const tokens = page
    .getByRole("region", { name: "Tokens" })
    .getByRole("button");
  // The · whale · swam · away · .
  // The first text waits for the model to be loaded.
  await expect(tokens).toHaveCount(6, { timeout: 30_000 });
  await tokens.nth(1).click();
  await expect(tokens.nth(1)).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByRole("heading", { name: /^On/ })).toContainText("wh");
  const feature = page.getByRole("link", { name: /^#\d+$/ }).first();
  await feature.click();
  await expect(
    page.getByRole("heading", { name: /^Feature \d+/ }),
  ).toBeVisible();
});

test("a text that is too long is refused in words", async ({ page }) => {
  await page.goto(
    `${SAE_PATH}/text?text=${encodeURIComponent("a ".repeat(2050))}`,
  );
  await expect(page.getByRole("main").getByRole("alert")).toContainText(
    /2,?000/,
  );
});

test("a feature is tried on own text in place", async ({ page, request }) => {
  const response = await request.get(
    `/api${SAE_PATH.replace("/sae/", "/saes/")}/features?limit=1`,
  );
  const { features } = (await response.json()) as {
    features: { index: number }[];
  };
  await page.goto(`${SAE_PATH}/feature/${features[0]!.index}`);
  const panel = page.getByRole("region", { name: "Try your own text" });
  await panel
    .getByLabel("Your own text")
    .fill("the people of the United States, and of the world");
  await panel.getByLabel("Your own text").press("Enter");
  await expect(panel.getByText(/Strongest:|does not fire/)).toBeVisible();
});
