import { readFile } from "node:fs/promises";
import { expect, test, type Page } from "@playwright/test";
import { seriousFaults } from "./accessibility";
import { SAE_PATH } from "./data";

const LENS = `${SAE_PATH}/text`;
const SHORT = "The captain looked at the sea, and the whale swam away.";
/** The first text waits for the model to be loaded. */
const LOADING = { timeout: 45_000 };

const tokensOf = (page: Page) =>
  page.getByRole("region", { name: "Tokens" }).locator("[data-token]");
const panelOf = (page: Page) =>
  page.getByRole("region", { name: "Chosen token" });
const afterOf = (page: Page) => page.getByRole("region", { name: /^After/ });

async function open(page: Page, text: string, view = "") {
  await page.goto(`${LENS}?text=${encodeURIComponent(text)}${view}`);
  await expect(tokensOf(page).first()).toBeVisible(LOADING);
}

test("a text is typed, and every token shows its features", async ({
  page,
}) => {
  await page.goto(LENS);
  await page.getByLabel("Text", { exact: true }).fill(SHORT);
  await page.getByRole("button", { name: "Run" }).click();
  await expect(page).toHaveURL(/text=The\+captain/);
  // The · captain · looked · at · the · sea · , · and · the · whale · swam · away · .
  await expect(tokensOf(page).first()).toBeVisible(LOADING);
  const count = await tokensOf(page).count();
  expect(count).toBeGreaterThan(12);
  await tokensOf(page).nth(1).click();
  await expect(tokensOf(page).nth(1)).toHaveAttribute("aria-pressed", "true");
  await expect(page).toHaveURL(/token=1(&|$)/);
  const panel = panelOf(page);
  await expect(panel.getByRole("heading", { level: 2 })).toHaveText("␣captain");
  await expect(panel).toContainText("read with 1 token before it");
  // k = 16: twelve first, then all.
  await expect(panel.getByRole("link", { name: /^#\d+$/ })).toHaveCount(12);
  await panel.getByRole("button", { name: "Show all 16" }).click();
  await expect(panel.getByRole("link", { name: /^#\d+$/ })).toHaveCount(16);
  await panel
    .getByRole("link", { name: /^#\d+$/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { name: /^Feature \d+/ })).toBeVisible(
    { timeout: 20_000 },
  );
});

test("it works by keyboard alone", async ({ page }) => {
  await page.goto(LENS);
  await page.getByLabel("Text", { exact: true }).focus();
  await page.keyboard.type(SHORT);
  await page.keyboard.press("Control+Enter");
  await expect(tokensOf(page).first()).toBeVisible(LOADING);
  await tokensOf(page).last().focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(tokensOf(page).nth(2)).toBeFocused();
  await expect(panelOf(page).getByRole("heading", { level: 2 })).toHaveText(
    "␣looked",
  );
  await page.keyboard.press("ArrowLeft");
  await expect(tokensOf(page).nth(1)).toBeFocused();
  // The strip is one tab stop: the next one is beyond it.
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Copy JSON" })).toBeFocused();
  const brush = panelOf(page)
    .getByRole("button", { name: /^Colour/ })
    .first();
  await brush.focus();
  await page.keyboard.press("Space");
  await expect(brush).toHaveAttribute("aria-pressed", "true");
  await expect(page).toHaveURL(/by=feature&feature=\d+/);
});

test("a sample is one click away", async ({ page }) => {
  await page.goto(LENS);
  await page.getByRole("button", { name: "A dictionary" }).click();
  await expect(tokensOf(page).first()).toBeVisible(LOADING);
  await expect(page.getByLabel("Text", { exact: true })).toHaveValue(/haven/);
  await page.goBack();
  await expect(tokensOf(page)).toHaveCount(0);
});

test("the text is coloured seven ways, with the numbers the colours stand for", async ({
  page,
}) => {
  await open(page, SHORT);
  const by = page.getByLabel("Colour by");
  const legend = page.getByRole("list", { name: "Colours" });
  for (const [mode, steps] of [
    ["loss", 4],
    ["added", 8],
    ["kl", 4],
    ["error", 4],
  ] as const) {
    await by.selectOption(mode);
    await expect(legend.getByRole("listitem")).toHaveCount(steps, LOADING);
    await expect(legend).toContainText(/[<>] [−+]?\d/);
    if (mode !== "error")
      await expect(page).toHaveURL(new RegExp(`by=${mode}`));
  }
  await expect(tokensOf(page).first()).toHaveAttribute(
    "aria-label",
    /error \d/,
  );
  await by.selectOption("l0");
  await expect(page.getByText("exactly 16 active features")).toBeVisible();
  await by.selectOption("none");
  await expect(tokensOf(page).first()).not.toHaveAttribute("data-step");
  await by.selectOption("feature");
  await page.getByLabel("Feature number").fill("99999");
  await page.getByLabel("Feature number").press("Enter");
  await expect(page.getByText("This SAE has no feature 99999.")).toBeVisible();
});

test("a feature of the whole text colours it and leads to its strongest token", async ({
  page,
}) => {
  await open(page, SHORT);
  const table = page.getByRole("region", { name: "Features of the text" });
  const all = await page.getByText(/^\d+ features$/).textContent();
  await page.getByLabel(/hide those/).click();
  await expect(page).toHaveURL(/dense=hide/);
  await expect(page.getByText(/^\d+ features$/)).not.toHaveText(all!);
  await page.getByLabel(/hide those/).click();
  await expect(page.getByText(/^\d+ features$/)).toHaveText(all!);
  const scores = async (column: number) =>
    (
      await table.locator(`tbody tr td:nth-child(${column})`).allTextContents()
    ).map(Number);
  for (const [name, column] of [
    ["rarity", 2],
    ["max", 3],
    ["sum", 4],
    ["tokens", 5],
  ] as const) {
    await table.locator("thead").getByRole("button", { name }).click();
    const header = table.getByRole("columnheader", { name, exact: true });
    await expect(header).toHaveAttribute("aria-sort", "descending");
    const shown = await scores(column);
    expect(shown).toEqual([...shown].sort((a, b) => b - a));
  }
  const first = table.locator("tbody tr").first();
  await first.getByRole("button", { name: /^Colour/ }).click();
  await expect(page).toHaveURL(/by=feature&feature=\d+/);
  await expect(tokensOf(page).locator("nth=0")).toBeVisible();
  await first.locator("td:nth-child(3) button").click();
  const chosen = page.locator('[data-token][aria-pressed="true"]');
  await expect(chosen).toHaveAttribute("aria-label", /feature \d+: \d/);
});

test("a prediction is taken apart into parts that add up", async ({ page }) => {
  await open(page, SHORT, "&token=1");
  const after = afterOf(page);
  await expect(after.getByText("follows")).toHaveCount(0);
  const rows = after.locator("table").last().locator("tr");
  await expect(rows).toHaveCount(6);
  const values = await rows.locator("td:nth-child(2)").allTextContents();
  const numbers = values.map((v) => Number(v.replace("−", "-")));
  const sum = numbers.slice(0, 5).reduce((a, b) => a + b, 0);
  expect(Math.abs(sum - numbers[5]!)).toBeLessThan(0.06);
  await expect(after.getByLabel("Logit of")).toHaveValue(" looked");
  // A prediction that is chosen …
  await after.locator("button[aria-pressed]").first().click();
  await expect(page).toHaveURL(/targetId=\d+/);
  await expect(after.locator('button[aria-pressed="true"]')).toHaveCount(1);
  // … a token that is typed, compared with another …
  await after.getByLabel("Logit of").fill(" whale");
  await after.getByLabel("less").fill(" sea");
  await after.getByRole("button", { name: "Take apart" }).click();
  await expect(page).toHaveURL(/target=\+whale/);
  await expect(after.locator("caption")).toContainText("␣whale");
  await expect(after.locator("caption")).toContainText("that of ␣sea");
  // … and a word that is no token.
  await after.getByLabel("Logit of").fill("leviathans");
  await after.getByRole("button", { name: "Take apart" }).click();
  await expect(after.getByRole("alert")).toContainText(/is \d tokens/);
  await after.getByRole("button", { name: "Reset" }).click();
  await expect(after.getByLabel("Logit of")).toHaveValue(" looked");
  await expect(page).not.toHaveURL(/target/);
});

test("effects are measured by running the model without the feature", async ({
  page,
}) => {
  await open(page, SHORT, "&token=1&order=contribution");
  const panel = panelOf(page);
  await panel.getByLabel("measure effects").click();
  await expect(page).toHaveURL(/measured=1/);
  await expect(panel.getByText(/^log P [+−]\d/)).toHaveCount(8);
});

test("a long text is read in overlapping contexts, and its link holds it", async ({
  page,
}) => {
  const text = `${SHORT} `.repeat(60);
  await page.goto(LENS);
  await page.getByLabel("Text", { exact: true }).fill(text);
  await page.getByRole("button", { name: "Run" }).click();
  await expect(page).toHaveURL(/#z=[\w-]+$/);
  await expect(tokensOf(page).first()).toBeVisible(LOADING);
  const count = await tokensOf(page).count();
  expect(count).toBeGreaterThan(700);
  await expect(
    page.getByText(/Read in \d+ overlapping contexts/),
  ).toBeVisible();
  await tokensOf(page).nth(500).click();
  await expect(page).toHaveURL(/token=500#z=/);
  await expect(panelOf(page)).toContainText(/read with \d+ tokens before it/);
  await page.reload();
  await expect(tokensOf(page)).toHaveCount(count, LOADING);
  await expect(tokensOf(page).nth(500)).toHaveAttribute("aria-pressed", "true");
  await page.goto(`${LENS}#z=abc`);
  await expect(page.getByRole("main").getByRole("alert")).toContainText(
    "damaged",
  );
});

test("a text that is too long is refused in words", async ({ page }) => {
  await page.goto(LENS);
  await page.getByLabel("Text", { exact: true }).fill("a ".repeat(2050));
  await page.getByRole("button", { name: "Run" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(
    /at most 2000/,
    LOADING,
  );
});

test("markup, control characters, right-to-left text and emoji are text", async ({
  page,
}) => {
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const hostile =
    "<img src=x onerror=alert(1)><script>alert(2)</script> שלום עולם 👩‍👩‍👧 a\u0000b\u202ec\u200d <|endoftext|>";
  await open(page, hostile);
  expect(dialogs).toEqual([]);
  const strip = page.getByRole("region", { name: "Tokens" });
  await expect(strip.locator("img, script")).toHaveCount(0);
  // What is drawn is the text, invisible characters as their code points.
  const drawn = (await tokensOf(page).allTextContents()).join("");
  const parts = ["<img src=x onerror=alert(1)>", "שלום", "⟨0000⟩", "⟨202e⟩"];
  for (const part of parts) {
    expect(drawn.replaceAll("·", "")).toContain(part);
  }
  expect(drawn).toContain("<|endoftext|>");
  // The parts of a split character are marked, and each can be chosen.
  const split = strip.locator("[data-partial]");
  expect(await split.count()).toBeGreaterThan(3);
  await split.last().click();
  await expect(split.last()).toHaveAttribute("aria-pressed", "true");
  await open(page, "שלום עולם");
  await tokensOf(page).first().click();
  // In a right-to-left text the next token is on the left.
  await page.keyboard.press("ArrowLeft");
  await expect(tokensOf(page).nth(1)).toBeFocused();
});

test("a reading is taken away as JSON and CSV", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, SHORT);
  await page.getByRole("button", { name: "Copy JSON" }).click();
  await expect(page.getByText("Copied.")).toBeVisible();
  const copied = JSON.parse(
    await page.evaluate(() => navigator.clipboard.readText()),
  ) as { tokens: { text: string; features: unknown[] }[] };
  expect(copied.tokens.map((t) => t.text).join("")).toBe(SHORT);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download CSV" }).click();
  const file = await readFile(await (await download).path(), "utf8");
  expect(file.split("\n")[0]).toMatch(/^position,token_id,token/);
  expect(file.trim().split("\n")).toHaveLength(1 + 16 * copied.tokens.length);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`a text in colour has no serious accessibility fault (${colorScheme})`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    await open(page, SHORT, "&token=1&measured=1");
    for (const by of ["error", "added", "feature"]) {
      await page.getByLabel("Colour by").selectOption(by);
      await expect(afterOf(page).locator("caption")).toBeVisible();
      expect(await seriousFaults(page)).toEqual([]);
    }
  });
}

test("a text in colour fits a phone", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, SHORT, "&token=1&measured=1");
  await expect(afterOf(page).locator("caption")).toBeVisible();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(390);
  // The chosen token's features come right after the text.
  const text = (await page
    .getByRole("region", { name: "Tokens" })
    .boundingBox())!;
  const panel = (await panelOf(page).boundingBox())!;
  expect(panel.y).toBeGreaterThanOrEqual(text.y + text.height);
  expect(panel.y).toBeLessThan(text.y + text.height + 40);
});
