import { expect, test } from "@playwright/test";
import { SAE_PATH } from "./data";

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
  // The first text waits for the model to be loaded.
  await expect(panel.getByText(/strongest|does not fire/)).toBeVisible({
    timeout: 45_000,
  });
});
