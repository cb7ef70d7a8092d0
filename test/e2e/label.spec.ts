import { expect, test } from "@playwright/test";
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

  await page.goto(`${SAE_PATH}?q=has%3Alabel`);
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText("zanzibar harbours");
});

test("a deleted label comes back by undo", async ({ page }) => {
  await page.goto(`${SAE_PATH}/random`);
  const labels = page.getByRole("region", { name: "Labels" });
  await labels.getByLabel("New label").fill("to be deleted");
  await labels.getByLabel("New label").press("Enter");
  const text = labels.getByText("to be deleted", { exact: true });
  await expect(labels.getByRole("button", { name: "History" })).toBeVisible();
  await labels.getByRole("button", { name: "Delete" }).click();
  await expect(labels.getByRole("status")).toContainText("Deleted");
  await expect(text).toHaveCount(0);
  await labels.getByRole("button", { name: "Undo" }).click();
  await expect(text).toBeVisible();
  await page.reload();
  await expect(text).toBeVisible();
});

test("two people editing one label: the second sees both texts and loses none", async ({
  page,
  browser,
}) => {
  await page.goto(`${SAE_PATH}/random`);
  const labels = page.getByRole("region", { name: "Labels" });
  await labels.getByLabel("New label").fill("shared label");
  await labels.getByLabel("New label").press("Enter");
  await expect(labels.getByRole("button", { name: "History" })).toBeVisible();

  const other = await (await browser.newContext()).newPage();
  await other.goto(page.url());
  const others = other.getByRole("region", { name: "Labels" });
  await others.getByRole("button", { name: "Edit" }).click();
  await others.getByLabel("Edit label").fill("Bob was first");
  await others.getByRole("button", { name: "Save", exact: true }).click();
  await expect(others.getByText("(edit 1)")).toBeVisible();

  await labels.getByRole("button", { name: "Edit" }).click();
  await labels.getByLabel("Edit label").fill("Ada was second");
  await labels.getByRole("button", { name: "Save", exact: true }).click();
  const conflict = page.getByRole("alertdialog");
  await expect(conflict).toContainText("Bob was first");
  await expect(conflict).toContainText("Ada was second");
  await conflict.getByLabel("Merged label").fill("Bob and Ada");
  await conflict.getByRole("button", { name: "Save this text" }).click();
  await expect(labels.getByText("Bob and Ada")).toBeVisible();
  await expect(labels.getByText("(edit 2)")).toBeVisible();
  await other.context().close();
});
