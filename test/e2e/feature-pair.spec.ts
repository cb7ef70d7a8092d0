import { expect, test, type Page } from "@playwright/test";
import { untilAlive } from "./alive";
import { E2E_SAE, E2E_TWIN, SAE_PATH } from "./data";
import { checkPage } from "./accessibility";
import { twinOrder } from "./twin";

const decoderCosine = (page: Page) =>
  page
    .locator("dt", { hasText: /^\s*Decoder cosine/ })
    .locator("xpath=following-sibling::dd");

const PATH = `${SAE_PATH}/compare?a=3&b=21`;

test("from a neighbour's row, and by key, to two features side by side", async ({
  page,
}) => {
  await page.goto(`${SAE_PATH}/feature/3`);
  const first = page.getByRole("link", { name: /^Compare with #/ }).first();
  const href = (await first.getAttribute("href"))!;
  await untilAlive(
    page.getByRole("button", { name: "Copy or export this feature" }),
  );
  await page.keyboard.press("c");
  await expect(page).toHaveURL(href);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(
    "Features 3 and",
  );
  // What the row says is what the weights say.
  await page.goBack();
  const row = page.getByRole("row").filter({ has: first });
  const cosine = Number(
    (await row.getByRole("cell").nth(1).innerText()).trim(),
  );
  await first.click();
  const shown = decoderCosine(page);
  await expect(shown).toHaveText(/^0\.\d{3}$/);
  const exact = Number(await shown.innerText());
  expect(Math.abs(exact - cosine)).toBeLessThan(0.006);
});

test("contexts in which both fire have both colours, found by running the model", async ({
  page,
}) => {
  const list = (await (
    await page.request.get(
      `/api/saes/${E2E_SAE}/features?q=sort:density-desc&limit=2`,
    )
  ).json()) as { features: { index: number }[] };
  const [a, b] = list.features.map((f) => f.index);
  await page.goto(`${SAE_PATH}/compare?a=${a}&b=${b}`);
  const both = page.getByRole("region", { name: "Where both fire" });
  await expect(both.getByRole("status")).toContainText(
    new RegExp(`In \\d+ sequences .* ${a} fires on`),
    { timeout: 30_000 },
  );
  const token = both.locator("li [data-a][data-b]").first();
  await token.hover();
  await expect(page.getByText(/^A \d+\.\d{4} · B \d+\.\d{4}$/)).toBeVisible();
  // Marked on each one's histogram.
  for (const index of [a, b]) {
    const histogram = page.getByRole("img", {
      name: `Histogram of the activations of feature ${index},`,
    });
    await expect(
      histogram.locator("div[style*=inset-inline-start]"),
    ).toHaveCount(1);
  }
});

test("a feature and its twin in another SAE have the same directions", async ({
  page,
}) => {
  const order = twinOrder();
  await page.goto(`${SAE_PATH}/compare?a=${order[5]}&b=5&other=${E2E_TWIN}`);
  await expect(decoderCosine(page)).toHaveText(/^0\.9\d\d$/);
  await expect(page.getByText("Fire together")).toHaveCount(0);
});

test("other features are chosen in place, and the two swapped", async ({
  page,
}) => {
  await page.goto(PATH);
  await page.getByLabel("Feature B").fill("8");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/a=3&b=8/);
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Swap" }).click();
  await expect(page).toHaveURL(/a=8&b=3/);
  await page.getByLabel("B is of").selectOption(E2E_TWIN);
  await page.getByRole("button", { name: "Compare" }).click();
  await expect(page).toHaveURL(new RegExp(`other=${E2E_TWIN}`));
});

test("features that are not there are a page that says so", async ({
  page,
}) => {
  for (const query of ["a=3&b=99999", "a=3", "a=x&b=1", "a=1&b=1&other=none"]) {
    const answer = await page.goto(`${SAE_PATH}/compare?${query}`);
    expect(answer!.status(), query).toBe(404);
  }
});

checkPage("comparison of features", PATH, async (page) => {
  await expect(
    page.getByRole("region", { name: "Where both fire" }).getByRole("status"),
  ).toContainText(/In \d+ sequences/, { timeout: 30_000 });
});
