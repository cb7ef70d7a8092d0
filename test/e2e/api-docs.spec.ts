import { expect, test } from "@playwright/test";
import { E2E_SAE } from "./data";

test("the API page shows every route, with a request that can be tried", async ({
  page,
  request,
}) => {
  await page.goto("/");
  await page.getByRole("link", { name: "API", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("API");
  const document = (await (await request.get("/api/openapi.json")).json()) as {
    paths: Record<string, object>;
  };
  const count = Object.values(document.paths).flatMap(Object.keys).length;
  expect(count).toBeGreaterThan(20);
  await expect(page.getByRole("article")).toHaveCount(count);

  const path = "/api/saes/{sae}/features/{index}";
  await page.getByRole("link", { name: path, exact: true }).first().click();
  await expect(page).toHaveURL(/#getSaesSaeFeaturesIndex$/);
  const route = page.locator("#getSaesSaeFeaturesIndex");
  await route.getByLabel(`index of GET ${path}`).fill("3");
  const asked = `/api/saes/${E2E_SAE}/features/3`;
  await expect(route.getByText("curl")).toContainText(`${asked}'`);
  await expect(route.getByRole("link", { name: "Open" })).toHaveAttribute(
    "href",
    asked,
  );
  await route.getByRole("button", { name: "Try" }).click();
  await expect(route.getByRole("status").last()).toContainText("Status 200");
  await expect(route.getByText('"index": 3,')).toBeVisible();

  await route.getByText("Answer").click();
  await route.getByRole("link", { name: "FeatureDetail" }).click();
  await expect(page).toHaveURL(/#schema-FeatureDetail$/);
  await expect(
    page.getByRole("heading", { name: "FeatureDetail", exact: true }),
  ).toBeInViewport();
});
