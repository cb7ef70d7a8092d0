import { readFileSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";
import type { FeatureDetail } from "#lib/contract/index";
import { E2E_SAE, SAE_PATH } from "./data";
import { checkPage, seriousFaults } from "./accessibility";
import { untilAlive } from "./alive";

/** A feature of the trained SAE that fires often enough to have all groups. */
async function someFeature(page: Page): Promise<FeatureDetail> {
  const list = await page.request.get(
    `/api/saes/${E2E_SAE}/features?q=density:0.005..0.05 sort:density&limit=1`,
  );
  const { features } = (await list.json()) as { features: { index: number }[] };
  const answer = await page.request.get(
    `/api/saes/${E2E_SAE}/features/${features[0]!.index}`,
  );
  return (await answer.json()) as FeatureDetail;
}

const pathOf = (feature: FeatureDetail) =>
  `${SAE_PATH}/feature/${feature.index}`;

test("text of one's own is read token by token, exactly, and marked on the histogram", async ({
  page,
}) => {
  const feature = await someFeature(page);
  await page.goto(pathOf(feature));
  await untilAlive(
    page.getByRole("button", { name: "Copy or export this feature" }),
  );
  await page.keyboard.press("t");
  const word = feature.topTokens[0]!.token.text;
  await page.keyboard.type(`Once${word} and again${word} it was`);
  await page.keyboard.press("Enter");
  const box = page.getByRole("region", { name: "Try your own text" });
  await expect(
    box.getByText(/Fires on \d+ of \d+ tokens|does not fire/),
  ).toBeVisible({
    timeout: 30_000,
  });
  await expect(page).toHaveURL(/try=Once/);

  // The API says what every token's value is; the page shows it to four places.
  const text = new URL(page.url()).searchParams.get("try")!;
  const answer = await page.request.post(`/api/saes/${E2E_SAE}/own-text`, {
    data: { text, feature: feature.index, perToken: 1 },
  });
  const { featureValues } = (await answer.json()) as {
    featureValues: number[];
  };
  const strongest = featureValues.indexOf(Math.max(...featureValues));
  const token = page.locator(`#try-${strongest}`);
  await token.hover();
  const exact = featureValues[strongest]!;
  const shown = exact === 0 ? "0" : exact.toFixed(4);
  await expect(token).toHaveAttribute("data-value", shown);
  await expect(page.getByText(shown, { exact: true }).first()).toBeVisible();

  // By keyboard: along all tokens, silent ones as well.
  await token.focus();
  await page.keyboard.press(strongest === 0 ? "ArrowRight" : "ArrowLeft");
  await expect(page.locator("[id^=try-]:focus")).toHaveCount(1);

  // The text stays from feature to feature, and in a link.
  await page.locator("body").click({ position: { x: 5, y: 300 } });
  await page.keyboard.press("j");
  await expect(page).not.toHaveURL(new RegExp(`feature/${feature.index}\\?`));
  await expect(page).toHaveURL(/try=Once/);
  await expect(
    page.getByRole("textbox", { name: "Your own text" }),
  ).toHaveValue(text);
});

test("a token that is read is marked on both histograms of activations", async ({
  page,
}) => {
  const feature = await someFeature(page);
  await page.goto(pathOf(feature));
  const peak = feature.groups[0]!.examples[0]!;
  const token = page.locator(`#top-${peak.sequence}-${peak.peakPosition}`);
  await token.hover();
  await expect(
    page
      .getByText("stronger than 99.9 % of its firings")
      .or(page.getByText(/stronger than 9\d/)),
  ).toBeVisible();
  const histogram = page.getByRole("img", {
    name: /^Histogram of activations/,
  });
  const mark = histogram.locator("div[style*=inset-inline-start]");
  await expect(mark).toHaveCount(1);
  await page.mouse.move(5, 5);
  await expect(mark).toHaveCount(0);
});

test("a link to one token shows it, wherever it stands", async ({ page }) => {
  const feature = await someFeature(page);
  const weakest = feature.groups.find((g) => g.name === "q1")!.examples.at(-1)!;
  // In a list far below.
  const below = `q1-${weakest.sequence}-${weakest.peakPosition}`;
  await page.goto(`${pathOf(feature)}#${below}`);
  await expect(page.locator(`#${below}`)).toBeInViewport();
  await expect(page.locator(`#${below}`)).toBeFocused();
  await expect(page.locator(`#${below}`)).toHaveAttribute("data-target", "");

  // Outside the window that is drawn: the context is opened.
  const top = feature.groups[0]!.examples[0]!;
  const far = top.peakPosition > 60 ? 2 : 125;
  await page.goto("/");
  await page.goto(`${pathOf(feature)}?view=stack#top-${top.sequence}-${far}`);
  await expect(page.locator(`#top-${top.sequence}-${far}`)).toBeInViewport();

  // In none of the lists: it is fetched.
  const stored = new Set(
    feature.groups.flatMap((g) => g.examples.map((e) => e.sequence)),
  );
  const other = [...stored].find((n) => n > 0 && !stored.has(n - 1))! - 1;
  const answer = await page.request.get(
    `/api/saes/${E2E_SAE}/features/${feature.index}/contexts/${other}?position=9`,
  );
  test.skip(answer.status() !== 200, "that sequence is not indexed");
  await page.goto("/");
  await page.goto(`${pathOf(feature)}#top-${other}-9`);
  await expect(
    page.getByRole("region", { name: "Linked context" }),
  ).toBeVisible();
  await expect(page.locator(`#top-${other}-9`)).toBeInViewport();
});

test("links, texts, images and files are taken from menus by keyboard", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const feature = await someFeature(page);
  await page.goto(pathOf(feature));
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());

  const more = page.getByRole("button", { name: /^More about this context/ });
  await more.first().focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toBeVisible();
  expect(await seriousFaults(page)).toEqual([]);
  await expect(
    page.getByRole("menuitem", { name: /^Copy link/ }),
  ).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Link copied")).toBeVisible();
  const link = await clipboard();
  const top = feature.groups[0]!.examples[0]!;
  expect(link).toContain(`#top-${top.sequence}-${top.peakPosition}`);
  await page.goto("/");
  await page.goto(link);
  await expect(page.locator("[data-target]")).toBeInViewport();

  await more.first().click();
  const [image] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "Download image" }).click(),
  ]);
  const png = readFileSync((await image.path())!);
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  // Twice 760 pixels wide.
  expect(png.readUInt32BE(16)).toBe(1520);
  expect(png.length).toBeGreaterThan(10_000);

  await more.first().click();
  await page.getByRole("menuitem", { name: "Copy as image" }).click();
  await expect(page.getByText("Image copied")).toBeVisible();

  await page.keyboard.press("e");
  await page.keyboard.type("c");
  await expect(
    page.getByRole("menuitem", { name: /^Copy feature/ }),
  ).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Feature copied")).toBeVisible();
  const copied = JSON.parse(await clipboard()) as FeatureDetail;
  expect(copied.histogram).toEqual(feature.histogram);

  await page.keyboard.press("e");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: /^Contexts/ }).click(),
  ]);
  const csv = readFileSync((await file.path())!, "utf8");
  const rows = feature.groups.reduce((sum, g) => sum + g.examples.length, 0);
  // Line breaks inside a text are in quotes.
  expect(
    csv
      .replace(/"(?:[^"]|"")*"/g, "")
      .trim()
      .split("\r\n"),
  ).toHaveLength(rows + 1);

  await page.keyboard.press("e");
  await page.getByRole("menuitem", { name: /embed code/ }).click();
  await expect(page.getByText("Embed code copied")).toBeVisible();
  expect(await clipboard()).toContain(`/embed${pathOf(feature)}?show=`);
});

test("a context goes into the test box and its document is shown about it", async ({
  page,
}) => {
  const feature = await someFeature(page);
  await page.goto(`${pathOf(feature)}?view=whole`);
  const top = feature.groups[0]!.examples[0]!;
  const more = page.getByRole("button", { name: /^More about this context/ });
  await more.first().click();
  await page.getByRole("menuitem", { name: /test box/ }).click();
  const peak = top.tokens[top.peakPosition]!.trim();
  await expect(
    page.getByRole("textbox", { name: "Your own text" }),
  ).toHaveValue(new RegExp(peak.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));

  await more.first().click();
  await page.getByRole("menuitem", { name: /document/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    top.document.title,
  );
  await expect(page.getByText(/exact activation/)).toBeVisible({
    timeout: 30_000,
  });
  const token = page.locator(`#t-${top.document.tokenOffset}`);
  await expect(token).toBeInViewport();
  // Running the model gives what the index has.
  const shown = Number(await token.getAttribute("data-value"));
  expect(Math.abs(shown - top.peakValue)).toBeLessThan(
    2e-3 * Math.max(1, top.peakValue),
  );
  await page.getByLabel("Feature", { exact: true }).fill("3");
  await page.getByRole("button", { name: "Colour" }).click();
  await expect(page.getByRole("link", { name: "feature 3" })).toBeVisible();
});

test("the window about a peak is as wide as one says", async ({ page }) => {
  const feature = await someFeature(page);
  await page.goto(pathOf(feature));
  await page.getByText("Window", { exact: true }).click();
  await page.getByLabel("Tokens before the peak").fill("0");
  await page.getByLabel("Tokens after the peak").fill("2");
  await expect(page).toHaveURL(/view=window&before=0&after=2/);
  const first = page
    .getByRole("region", { name: "Top activations" })
    .locator("li")
    .first();
  const { tokens, peakPosition } = feature.groups[0]!.examples[0]!;
  const shown = tokens.slice(peakPosition, peakPosition + 3);
  const words = shown.map((t) => t.trim()).filter((t) => /^\w+$/.test(t));
  for (const word of words) await expect(first).toContainText(word);
  await page.reload();
  await expect(page.getByLabel("Tokens after the peak")).toHaveValue("2");
});

test("the histogram has a shared scale and logarithmic counts, in the address", async ({
  page,
}) => {
  const feature = await someFeature(page);
  await page.goto(pathOf(feature));
  await untilAlive(page.getByLabel("shared scale"));
  for (const name of ["shared scale", "log counts"]) {
    await page.getByLabel(name).click();
    await expect(page.getByLabel(name)).toBeChecked();
  }
  await expect(page).toHaveURL(/scale=shared/);
  await expect(page).toHaveURL(/counts=log/);
  const silent = feature.tokens - feature.firingCount;
  await expect(
    page.getByText(
      `Silent, activation 0, on the other ${silent.toLocaleString("en")} tokens`,
    ),
  ).toBeVisible();
  // Two features have the same axis then.
  const ticks = () =>
    page
      .getByRole("img", { name: /^Histogram of activations/ })
      .locator("svg text")
      .allTextContents();
  const own = await ticks();
  await page.keyboard.press("j");
  await expect(page).not.toHaveURL(new RegExp(`feature/${feature.index}\\?`));
  await expect(page.getByLabel("shared scale")).toBeChecked();
  const axis = (list: string[]) => list.filter((t) => !/[kK]|tokens/.test(t));
  expect(axis(await ticks()).at(-2)).toBe(axis(own).at(-2));
});

test("one goes to a feature by its number, and back by the browser", async ({
  page,
}) => {
  await page.goto(`${SAE_PATH}/feature/3`);
  await untilAlive(
    page.getByRole("button", { name: "Copy or export this feature" }),
  );
  await page.keyboard.press("g");
  await page.keyboard.type("21");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Feature 21" })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Feature 3" })).toBeVisible();
});

test("what was measured is on the page, and how often in plain words", async ({
  page,
}) => {
  await page.goto(`${SAE_PATH}/feature/3`);
  await page.getByText("What exactly was measured").click();
  await expect(
    page.getByText(/^mini-gpt2, SHA-256 [0-9a-f]{64}$/),
  ).toBeVisible();
  await page.getByRole("button", { name: /how often it fires/ }).focus();
  await expect(page.getByText(/an exact count/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText(/an exact count/)).toBeHidden();
});

checkPage("document page", `${SAE_PATH}/document/1?feature=3`, async (page) => {
  await expect(page.getByText(/exact activation/)).toBeVisible({
    timeout: 30_000,
  });
});
