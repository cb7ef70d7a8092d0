import { expect, test, type Page } from "@playwright/test";
import { seriousFaults } from "./accessibility";
import { E2E_SAE, SAE_PATH } from "./data";
import { logIn, newTeamMate } from "./team";

const QUEUE = `${SAE_PATH}/queue`;
const API = `/api/saes/${E2E_SAE}/queue`;

const number = async (page: Page) => {
  const heading = page.getByRole("heading", { name: /^Feature \d+$/ });
  return Number((await heading.innerText()).replace("Feature ", ""));
};

test("twenty features are labelled by keyboard alone, no page loads, and no change takes 300 ms", async ({
  page,
}) => {
  const answers = async () => {
    const answer = await page.request.get(API);
    return ((await answer.json()) as { mine: { answers: number } }).mine
      .answers;
  };
  const before = await answers();
  await page.goto(QUEUE);
  await expect(page.getByLabel("Label", { exact: true })).toBeFocused();
  await expect(page.getByRole("region", { name: "Contexts" })).toBeVisible();
  let navigations = 0;
  page.on("framenavigated", () => navigations++);
  // From the key to the next feature's contexts on the screen.
  await page.evaluate(() => {
    const changes: number[] = [];
    Object.assign(window, { changes });
    let pressed = 0;
    let before = "";
    const shown = () =>
      document.querySelector('section[aria-label="Contexts"]')
        ? [...document.querySelectorAll("h2")].find((h) =>
            /^Feature \d+$/.test(h.textContent ?? ""),
          )?.textContent
        : undefined;
    addEventListener(
      "keydown",
      (event) => {
        const leaves =
          event.key === "Enter" || (event.altKey && event.code === "KeyU");
        if (!leaves) return;
        pressed = performance.now();
        before = shown() ?? "";
        const look = () => {
          const now = shown();
          if (now === undefined || now === before) requestAnimationFrame(look);
          else changes.push(performance.now() - pressed);
        };
        requestAnimationFrame(look);
      },
      true,
    );
  });
  const seen = new Set<number>();
  for (let i = 0; i < 20; i++) {
    const feature = await number(page);
    expect(seen.has(feature)).toBe(false);
    seen.add(feature);
    const heading = page.getByRole("heading", {
      name: `Feature ${feature}`,
      exact: true,
    });
    if (i % 7 === 3) {
      await page.keyboard.press("Alt+u");
    } else {
      await page.keyboard.type(`label ${i}`);
      await page.keyboard.press("Alt+3");
      await page.keyboard.press("Enter");
    }
    await expect(heading).toHaveCount(0);
    await expect(page.getByLabel("Label", { exact: true })).toBeFocused();
    await expect(page.getByLabel("Label", { exact: true })).toHaveValue("");
    // As long as nobody can read a feature in.
    await page.waitForTimeout(400);
  }
  const changes = await page.evaluate(
    () => (window as unknown as { changes: number[] }).changes,
  );
  console.log(
    `changes of feature, ms: ${changes.map((ms) => Math.round(ms)).join(" ")}`,
  );
  expect(changes).toHaveLength(20);
  expect(Math.max(...changes)).toBeLessThan(300);
  expect(navigations).toBe(0);
  await expect.poll(answers).toBe(before + 20);
  const progress = page.getByRole("region", { name: "Progress" });
  await expect(progress).toContainText(`You gave ${before + 20}`);

  const [first] = [...seen];
  const said = await page.request.get(
    `/api/saes/${E2E_SAE}/features/${first}/labels`,
  );
  expect(await said.json()).toMatchObject({
    labels: [{ text: "label 0", confidence: "high" }],
  });
});

test("skip with a reason, flag, agree and undo by keyboard; the keys are listed", async ({
  page,
}) => {
  await page.goto(QUEUE);
  const box = page.getByLabel("Label", { exact: true });
  await expect(box).toBeFocused();
  const skipped = await number(page);
  await page.keyboard.press("Alt+s");
  const reasons = page.getByRole("group", { name: "Skip because" });
  await expect(reasons).toBeVisible();
  await page.keyboard.press("3");
  await expect(
    page.getByRole("heading", { name: `Feature ${skipped}`, exact: true }),
  ).toHaveCount(0);
  await expect(box).toBeFocused();

  // Back, with what was typed, and on again.
  const labelled = await number(page);
  await page.keyboard.type("typed in haste");
  await page.keyboard.press("Enter");
  await expect(
    page.getByRole("heading", { name: `Feature ${labelled}`, exact: true }),
  ).toHaveCount(0);
  await page.keyboard.press("Alt+z");
  await expect(
    page.getByRole("heading", { name: `Feature ${labelled}`, exact: true }),
  ).toBeVisible();
  await expect(box).toHaveValue("typed in haste");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keys" });
  await expect(keys).toContainText("skip, with a reason");
  await page.keyboard.press("Escape");
  await page.keyboard.press("z");
  await expect(
    page.getByRole("heading", { name: `Feature ${skipped}`, exact: true }),
  ).toBeVisible();
  await page.keyboard.press("Alt+f");
  await expect(page.getByRole("group", { name: "Flag as" })).toBeVisible();
  await page.keyboard.press("2");
  await expect(
    page.getByRole("heading", { name: `Feature ${skipped}`, exact: true }),
  ).toHaveCount(0);

  const filters = page.getByRole("group", { name: "Which features" });
  await filters.getByRole("combobox").nth(1).selectOption("random");
  await expect(page).toHaveURL(/order=random/);
  const filter = filters.getByRole("searchbox", { name: "Filter" });
  await filter.fill("density:much");
  await filter.press("Enter");
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await filter.fill("has:label");
  await filter.press("Enter");
  await expect(page.getByText("Nothing is left here")).toBeVisible();
  expect(await seriousFaults(page)).toEqual([]);
});

test("two people never have the same feature, and label blind: not even the JSON tells, until one has answered", async ({
  browser,
}) => {
  const ada = await logIn(browser);
  const bob = await newTeamMate(browser, "Bob of the queue");
  const settings = { order: "frequency", target: 2, blind: true, seed: 0 };
  await ada.request.put(API, { data: { ...settings, share: 1 } });
  await Promise.all([ada.goto(QUEUE), bob.goto(QUEUE)]);
  for (const page of [ada, bob]) {
    await expect(page.getByLabel("Label", { exact: true })).toBeFocused();
  }
  const label = async (page: Page, text: string) => {
    const feature = await number(page);
    await page.keyboard.type(text);
    await page.keyboard.press("Enter");
    await expect(
      page.getByRole("heading", { name: `Feature ${feature}`, exact: true }),
    ).toHaveCount(0);
    await expect(page.getByRole("heading", { name: /^Feature/ })).toBeVisible();
    return feature;
  };
  const first = await label(ada, "zanzibar of Ada");
  const path = `/api/saes/${E2E_SAE}/features/${first}`;
  await expect
    .poll(async () => (await ada.request.get(path)).text())
    .toContain("zanzibar of Ada");

  // It is not Bob's to read, on no page and in no answer.
  for (const url of [
    path,
    `${path}/labelling`,
    `${path}/labels`,
    `/api/saes/${E2E_SAE}/search?q=label:zanzibar`,
    "/api/activity?limit=200",
  ]) {
    const text = await (await bob.request.get(url)).text();
    expect(text, url).not.toContain("zanzibar of Ada");
  }
  const reader = await bob.context().newPage();
  await reader.goto(`${SAE_PATH}/feature/${first}`);
  const labels = reader.getByRole("region", { name: "Labels" });
  await expect(labels).toBeVisible();
  expect(await reader.content()).not.toContain("zanzibar of Ada");
  // Once he has answered it is.
  await labels.getByLabel("New label").fill("timbuktu of Bob");
  await labels.getByLabel("New label").press("Enter");
  await expect(labels.getByText("zanzibar of Ada")).toBeVisible();

  await ada.request.put(API, { data: { ...settings, share: 0 } });
  const had = new Set([first]);
  for (let i = 0; i < 6; i++) {
    const both = await Promise.all([number(ada), number(bob)]);
    expect(new Set(both).size).toBe(2);
    const done = await Promise.all([
      label(ada, `ada ${i}`),
      label(bob, `bob ${i}`),
    ]);
    for (const feature of done) {
      expect(had.has(feature)).toBe(false);
      had.add(feature);
    }
  }
  const working = ada.getByRole("region", { name: "Progress" });
  await expect(working).toContainText("2 people have a feature in hand");
  await ada.context().close();
  await bob.context().close();
});
