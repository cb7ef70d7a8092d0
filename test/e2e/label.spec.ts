import { expect, test, type Page } from "@playwright/test";
import { untilAlive } from "./alive";
import { SAE_PATH } from "./data";

test("browse, filter, open a feature, label it, find it by its label, edit it, see the history", async ({
  page,
}) => {
  await page.goto("/");
  await page
    .getByRole("link", { name: /mini-gpt2/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { name: "Usage" })).toBeVisible();

  await page.getByLabel("Frequency from").fill("0.005");
  await page.getByLabel("Frequency from").press("Enter");
  await expect(page).toHaveURL(/q=density%3A/);
  await page.getByRole("button", { name: "Max" }).click();
  await expect(page).toHaveURL(/sort%3Amax/);
  const rows = page
    .getByRole("region", { name: "Features" })
    .locator("tbody tr");
  await expect(rows.first()).toBeVisible();
  const link = rows.first().getByRole("link");
  const number = (await link.innerText()).slice(1);
  await link.click();
  await expect(
    page.getByRole("heading", { name: `Feature ${number}` }),
  ).toBeVisible();
  await expect(page.getByText("Top activations").first()).toBeVisible();

  const labels = page.getByRole("region", { name: "Labels" });
  await labels.getByLabel("New label").fill("zanzibar harbour");
  await labels.getByRole("button", { name: "Save label" }).click();
  await expect(labels.getByText("zanzibar harbour")).toBeVisible();

  await page.goto(`${SAE_PATH}/search?q=label%3Azanzibar`);
  const found = page.getByRole("link", { name: `#${number}` });
  await expect(found).toBeVisible();
  await found.click();
  await labels.getByRole("button", { name: "Edit" }).click();
  await labels.getByLabel("Edit label").fill("zanzibar harbours");
  await labels.getByRole("button", { name: "Save", exact: true }).click();
  await expect(labels.getByText("(edit 1)")).toBeVisible();

  await page.reload();
  await expect(labels.getByText("zanzibar harbours")).toBeVisible();
  await labels.getByRole("button", { name: "History" }).click();
  const history = labels.getByRole("list", { name: "History" });
  await expect(history.getByRole("listitem")).toHaveCount(2);
  await expect(history).toContainText("zanzibar harbour created by");

  await page.goto(`${SAE_PATH}?q=has%3Alabel+label%3Azanzibar`);
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText("zanzibar harbours");
});

test("a deleted label comes back by undo", async ({ page }) => {
  await page.goto(`${SAE_PATH}/random`);
  const labels = page.getByRole("region", { name: "Labels" });
  await labels.getByLabel("New label").fill("to be deleted");
  await labels.getByLabel("New label").press("Enter");
  const text = labels.getByText("to be deleted", { exact: true });
  await expect(labels.getByRole("button", { name: "Delete" })).toBeEnabled();
  await labels.getByRole("button", { name: "Delete" }).click();
  await expect(labels.getByRole("status")).toContainText("Deleted");
  await expect(text).toHaveCount(0);
  await labels.getByRole("button", { name: "Undo" }).click();
  await expect(text).toBeVisible();
  await page.reload();
  await expect(text).toBeVisible();
});

test("two people editing one label: each sees the other live, the second merges both texts by keyboard, and a reload loses no draft", async ({
  page,
  browser,
}) => {
  await page.goto(`${SAE_PATH}/random`);
  const labels = page.getByRole("region", { name: "Labels" });
  await untilAlive(labels.getByLabel("New label"));
  await page.keyboard.press("l");
  await expect(labels.getByLabel("New label")).toBeFocused();
  await page.keyboard.type("shared label");
  await page.keyboard.press("Enter");
  await expect(labels.getByRole("button", { name: "Edit" })).toBeEnabled();
  await expect(labels.getByText("proposed")).toBeVisible();
  await page.keyboard.press("Tab");
  await labels.getByRole("button", { name: "Save label" }).blur();

  const context = await browser.newContext();
  const other = await context.newPage();
  await other.goto(page.url());
  const others = other.getByRole("region", { name: "Labels" });

  // Ada begins; Bob is faster; Ada's page says so at once and is left alone.
  await labels.getByRole("button", { name: "Edit" }).click();
  await labels.getByLabel("Edit label").fill("shared label of Ada");
  await page.reload();
  await expect(labels.getByLabel("Edit label")).toHaveValue(
    "shared label of Ada",
  );
  await others.getByRole("button", { name: "Edit" }).click();
  await others.getByLabel("Edit label").fill("shared label of Bob");
  await others.getByLabel("Edit label").press("Enter");
  await expect(others.getByText("(edit 1)")).toBeVisible();
  await expect(labels.getByRole("status")).toContainText(
    "“shared label of Bob”",
    { timeout: 2000 },
  );

  await labels.getByLabel("Edit label").press("Enter");
  const conflict = page.getByRole("alertdialog");
  await expect(conflict).toContainText("Nothing of yours is lost");
  await expect(conflict.locator("ins").first()).toContainText("of Bob");
  await expect(conflict.locator("ins").last()).toContainText("of Ada");
  const merged = conflict.getByLabel("Merged label");
  await expect(merged).toHaveValue("shared label of Ada");
  await expect(conflict).toBeFocused();
  await page.keyboard.press("1");
  await expect(merged).toHaveValue("shared label of Bob");
  await page.keyboard.press("3");
  await expect(merged).toHaveValue("shared label of Bob; shared label of Ada");
  await page.keyboard.press("Control+Enter");
  const both = "shared label of Bob; shared label of Ada";
  await expect(labels.getByText(both, { exact: true })).toBeVisible();
  await expect(others.getByText(both, { exact: true })).toBeVisible({
    timeout: 2000,
  });

  // The history shows what changed, and an earlier text comes back.
  await page.keyboard.press("h");
  const history = labels.getByRole("list", { name: "History" });
  await expect(history.getByRole("listitem")).toHaveCount(3);
  await expect(history.locator("ins").first()).toContainText("of Ada");
  await history.getByRole("button", { name: "Revert to version 1" }).click();
  await expect(history.getByRole("listitem")).toHaveCount(4);
  await expect(others.getByText("shared label", { exact: true })).toBeVisible();

  await page.keyboard.press("a");
  await expect(labels.getByText(/accepted by/)).toBeVisible();
  await expect(others.getByText(/accepted by/)).toBeVisible();
  await context.close();
});

test("whatever is written is shown as it was written, and a refused label is given back", async ({
  page,
}) => {
  const attack = `<img src=x onerror="document.title='owned'">`;
  await page.goto(`${SAE_PATH}/random`);
  const labels = page.getByRole("region", { name: "Labels" });
  await labels.getByLabel("New label").fill(attack);
  await labels.getByText("Note, confidence, tags").click();
  await labels.getByLabel("Note").fill(`note ${attack}`);
  await labels.getByLabel("Confidence").selectOption("high");
  await labels.getByLabel("Tags").fill(`<b>tag</b>, plain`);
  await refuseOnce(page);
  await labels.getByLabel("New label").press("Enter");
  await expect(labels.getByRole("alert")).toContainText("kept here");
  await expect(labels.getByLabel("New label")).toHaveValue(attack);
  await labels.getByLabel("New label").press("Enter");
  await expect(labels.getByText(attack, { exact: true })).toBeVisible();
  await page.reload();
  await expect(labels.getByText(attack, { exact: true })).toBeVisible();
  await expect(labels.getByText(`note ${attack}`)).toBeVisible();
  await expect(labels.getByText("<b>tag</b>")).toBeVisible();
  await expect(labels.getByText("high confidence")).toBeVisible();
  await expect(page.locator("img[src=x]")).toHaveCount(0);
  expect(await page.title()).not.toContain("owned");
});

/** The server is overloaded the next time a label is made. */
async function refuseOnce(page: Page): Promise<void> {
  const error = { code: "busy", message: "Try again." };
  await page.route(
    "**/labels",
    (route) => route.fulfill({ status: 503, json: { error } }),
    { times: 1 },
  );
}
