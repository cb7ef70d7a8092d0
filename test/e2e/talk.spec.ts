import { expect, test, type Page } from "@playwright/test";
import { seriousFaults } from "./accessibility";
import { untilAlive } from "./alive";
import { SAE_PATH } from "./data";
import { newTeamMate } from "./team";

const ATTACK = `<img src=x onerror="document.title='owned'">`;
const LIVE = { timeout: 2000 };

const commentsOf = (page: Page) =>
  page.getByRole("region", { name: "Comments" });

async function expectHarmless(page: Page): Promise<void> {
  await expect(page.locator("img[src=x]")).toHaveCount(0);
  expect(await page.title()).not.toContain("owned");
}

test("two people talk: a draft survives a reload, a comment comes live, names whom it is for, is answered, edited, deleted and brought back", async ({
  browser,
}) => {
  const ada = await newTeamMate(browser, "Tamsin Reed");
  const bo = await newTeamMate(browser, "Ulrik Holm");
  await ada.goto(`${SAE_PATH}/feature/3`);
  await bo.goto(ada.url());
  const adas = commentsOf(ada);
  const bos = commentsOf(bo);

  await ada.keyboard.press("m");
  await expect(adas.getByLabel("New comment")).toBeFocused();
  await ada.keyboard.type("What is this, @ulr");
  await expect(adas.getByRole("option", { name: "Ulrik Holm" })).toBeVisible();
  expect(await seriousFaults(ada)).toEqual([]);
  await ada.keyboard.press("Enter");
  await ada.keyboard.type(ATTACK);
  const text = `What is this, @Ulrik Holm ${ATTACK}`;
  await expect(adas.getByLabel("New comment")).toHaveValue(text);
  await ada.reload();
  await expect(adas.getByLabel("New comment")).toHaveValue(text);
  await adas.getByLabel("New comment").press("Control+Enter");
  await expect(adas.getByLabel("New comment")).toHaveValue("");
  const first = bos.getByRole("article", { name: "Comment of Tamsin Reed" });
  await expect(first).toContainText(text, LIVE);
  await expect(first.getByRole("link", { name: "@Ulrik Holm" })).toBeVisible();
  await expect(bo.getByLabel("new mentions: 1")).toBeVisible(LIVE);
  await expectHarmless(bo);

  // Nobody puts words into another's mouth.
  await expect(first.getByRole("button", { name: "Edit" })).toHaveCount(0);
  await first.getByRole("button", { name: "Reply" }).click();
  await bo.keyboard.type("Ships, like #7");
  await bo.keyboard.press("Control+Enter");
  const replies = adas.getByRole("list", { name: "Replies" });
  await expect(replies).toContainText("Ships, like #7", LIVE);
  await expect(replies.getByRole("link", { name: "#7" })).toHaveAttribute(
    "href",
    `${SAE_PATH}/feature/7`,
  );

  const own = adas.getByRole("article", { name: "Comment of Tamsin Reed" });
  await own.getByRole("button", { name: "Edit" }).click();
  await adas.getByLabel("Edit comment").fill("And this, @Ulrik Holm?");
  await adas.getByLabel("Edit comment").press("Control+Enter");
  await expect(first).toContainText("And this, @Ulrik Holm?", LIVE);
  await expect(first).toContainText("edited");
  await own.getByRole("button", { name: "Delete" }).click();
  await expect(bos).toContainText("This comment was deleted.", LIVE);
  await expect(bo.getByLabel("new mentions")).toHaveCount(0, LIVE);
  await adas.getByRole("button", { name: "Undo" }).click();
  await expect(first).toContainText("And this, @Ulrik Holm?", LIVE);

  await bo.getByLabel("Account of Ulrik Holm").click();
  await bo.getByRole("link", { name: "Mentions (1 new)" }).click();
  const mentions = bo.getByRole("list", { name: "Mentions" });
  await expect(mentions).toContainText("new");
  await expect(bo.getByLabel("new mentions")).toHaveCount(0);
  await mentions.getByRole("link", { name: /#3 of/ }).click();
  await expect(bo).toHaveURL(/\/feature\/3#comment-\d+$/);
  await expect(first).toBeInViewport();
  await bo.goto("/mentions");
  await expect(mentions).not.toContainText("new");
  expect(await seriousFaults(bo)).toEqual([]);
  await ada.context().close();
  await bo.context().close();
});

test("a refused comment is given back, before what was typed since", async ({
  page,
}) => {
  await page.goto(`${SAE_PATH}/feature/4`);
  const error = { code: "busy", message: "Try again." };
  let answer: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(
    "**/comments",
    async (route) => {
      await asked;
      await route.fulfill({ status: 503, json: { error } });
    },
    { times: 1 },
  );
  await untilAlive(page.getByLabel("New comment"));
  await page.keyboard.press("m");
  await page.keyboard.type("first thought");
  await page.keyboard.press("Control+Enter");
  const comments = commentsOf(page);
  await expect(comments.getByText("being sent")).toBeVisible();
  await page.keyboard.type("second thought");
  answer();
  await expect(comments.getByRole("alert")).toContainText("kept here");
  const field = comments.getByLabel("New comment");
  await expect(field).toHaveValue("first thought\n\nsecond thought");
  await field.press("Control+Enter");
  await expect(comments.getByRole("article")).toContainText("second thought");
  await page.reload();
  await expect(comments.getByRole("article")).toHaveCount(1);
});

test("flags and marks: set by keyboard, told to others, and a viewer is told why not", async ({
  browser,
}) => {
  const ada = await newTeamMate(browser, "Vilma Ek");
  const bo = await newTeamMate(browser, "Xaver Ost");
  const eve = await newTeamMate(browser, "Yrsa Dahl", "viewer");
  await ada.goto(`${SAE_PATH}/feature/5`);
  const panel = ada.getByRole("region", { name: "Flags and marks" });
  await untilAlive(panel);
  await ada.keyboard.press("f");
  await panel.getByRole("button", { name: "polysemantic" }).click();
  await panel.getByRole("button", { name: "duplicate" }).click();
  await panel.getByLabel("Duplicate of feature").fill("5");
  await ada.keyboard.press("Enter");
  await expect(panel.getByRole("alert")).toContainText(
    "no duplicate of itself",
  );
  await panel.getByRole("button", { name: "duplicate" }).click();
  await panel.getByLabel("Duplicate of feature").fill("9");
  await ada.keyboard.press("Enter");
  const flags = panel.getByRole("list", { name: "Flags" });
  await expect(flags.getByRole("link", { name: "#9" })).toBeVisible();
  await flags.getByRole("button", { name: "Say why" }).first().click();
  await ada.keyboard.type(ATTACK);
  await ada.keyboard.press("Enter");
  await expect(flags).toContainText(ATTACK);

  await panel.getByRole("heading", { name: "Marks" }).click();
  await panel
    .getByRole("group", { name: /^Activations/ })
    .getByLabel("2, mostly")
    .click();
  await panel.getByLabel("no", { exact: true }).click();
  await panel.getByLabel("What does not fit").selectOption("Weakest fifth");
  expect(await seriousFaults(ada)).toEqual([]);

  await bo.goto(ada.url());
  const others = bo.getByRole("region", { name: "Flags and marks" });
  await expect(others).toContainText("duplicate 1 · polysemantic 1");
  await expect(others).toContainText("1 person: activations 2.0 of 3");
  await untilAlive(others);
  await bo.keyboard.press("o");
  await expect(others).toContainText("weakest fifth (1)");
  await expectHarmless(bo);
  await panel.getByRole("button", { name: "polysemantic" }).first().click();
  await expect(others).not.toContainText("polysemantic 1", LIVE);
  await panel.getByRole("button", { name: "Take my marks back" }).click();
  await expect(others).not.toContainText("1 person", LIVE);

  await eve.goto(ada.url());
  const viewers = eve.getByRole("region", { name: "Flags and marks" });
  await viewers.getByRole("heading", { name: "Flags" }).click();
  await expect(viewers).toContainText("it takes the role labeller");
  await expect(viewers.getByRole("button", { name: "dead" })).toBeDisabled();
  for (const page of [ada, bo, eve]) await page.context().close();
});

test("a bookmark is set by key, found again, removed, and that undone", async ({
  page,
}) => {
  await page.goto(`${SAE_PATH}/feature/6`);
  const star = page.getByRole("button", { name: "Bookmark" });
  await expect(star).toHaveAttribute("aria-pressed", "false");
  await untilAlive(star);
  await page.keyboard.press("b");
  await expect(star).toHaveAttribute("aria-pressed", "true");
  await page.getByLabel(/^Account of/).click();
  await page.getByRole("link", { name: "Bookmarks" }).click();
  const bookmarks = page.getByRole("list", { name: "Bookmarks" });
  const link = bookmarks.getByRole("link", { name: /^#6 of/ });
  await expect(link).toBeVisible();
  await bookmarks.getByRole("button", { name: /bookmark of #6/ }).click();
  await expect(link).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await link.click();
  await expect(star).toHaveAttribute("aria-pressed", "true");
});

test("a list is made on a feature's page, ordered by keys and by dragging, annotated, and nothing taken away is lost", async ({
  page,
}) => {
  const name = `sea ${ATTACK}`;
  for (const [i, feature] of [10, 11, 12].entries()) {
    await page.goto(`${SAE_PATH}/feature/${feature}`);
    await page.keyboard.press("L");
    const dialog = page.getByRole("dialog", { name: "Lists" });
    if (i === 0) {
      await dialog.getByLabel("Name of a new list").fill(name);
      await page.keyboard.press("Enter");
    } else await dialog.getByLabel(name, { exact: true }).check();
    await expect(dialog.getByLabel(name, { exact: true })).toBeChecked();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: "Lists 1" })).toBeVisible();
  }
  await page.goto("/lists?whose=mine");
  await page.getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  const rows = page
    .getByRole("list", { name: /^Features of/ })
    .getByRole("listitem");
  const order = async (features: number[]) => {
    for (const [i, feature] of features.entries()) {
      await expect(rows.nth(i)).toContainText(`#${feature}`);
    }
  };
  await order([10, 11, 12]);

  const grip = (feature: number) =>
    page.getByRole("button", { name: new RegExp(`^#${feature}, number`) });
  await grip(10).focus();
  await page.keyboard.press("ArrowDown");
  await order([11, 10, 12]);
  await expect(grip(10)).toBeFocused();
  await page.keyboard.press("End");
  await order([11, 12, 10]);
  await page.keyboard.press("Home");
  await order([10, 11, 12]);
  await page.keyboard.press("ArrowDown");
  await order([11, 10, 12]);
  const from = (await grip(12).boundingBox())!;
  const to = (await rows.nth(0).boundingBox())!;
  await page.mouse.move(from.x + 5, from.y + 5);
  await page.mouse.down();
  await page.mouse.move(to.x + 5, to.y + 5, { steps: 4 });
  await page.mouse.up();
  await order([12, 11, 10]);

  await page.getByRole("button", { name: "Note on #11" }).click();
  await page.keyboard.type(`note ${ATTACK}`);
  await page.keyboard.press("Control+Enter");
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByLabel("Description").fill(`what ${ATTACK}`);
  await page.reload();
  await expect(page.getByLabel("Description")).toHaveValue(`what ${ATTACK}`);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText(`what ${ATTACK}`)).toBeVisible();
  await expect(rows.nth(1)).toContainText(`note ${ATTACK}`);

  await page.getByRole("button", { name: "Take #11 off the list" }).click();
  await expect(rows).toHaveCount(2);
  await page.getByRole("button", { name: "Undo" }).click();
  await order([12, 11, 10]);
  await expect(rows.nth(1)).toContainText(`note ${ATTACK}`);
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: "Delete" })).toBeVisible();
  expect(await seriousFaults(page)).toEqual([]);
  await page.reload();
  await order([12, 11, 10]);
  await expect(rows.nth(1)).toContainText(`note ${ATTACK}`);
  await expectHarmless(page);
});

test("activity is narrowed by the URL, comes live, and is on the feature's page", async ({
  browser,
}) => {
  const ada = await newTeamMate(browser, "Zelda Quist");
  const bo = await newTeamMate(browser, "Wanda Pohl");
  await bo.goto("/activity?noun=comment");
  await ada.goto(`${SAE_PATH}/feature/8`);
  await ada.keyboard.press("m");
  await ada.keyboard.type(`remarkable ${ATTACK}`);
  await ada.keyboard.press("Control+Enter");
  const events = bo.getByRole("list", { name: "Activity" });
  await expect(events.getByRole("listitem").first()).toContainText(
    `Zelda Quist commented “remarkable ${ATTACK}”`,
    LIVE,
  );
  await ada.keyboard.press("Escape");
  await ada.keyboard.press("l");
  await ada.keyboard.type("shiny things");
  await ada.keyboard.press("Enter");
  await bo.getByLabel("About").selectOption("labels");
  await expect(bo).toHaveURL(/noun=label/);
  const row = events.getByRole("listitem").first();
  await expect(row).toContainText("Zelda Quist proposed “shiny things”");
  await bo.getByLabel("Person").fill("wan");
  await expect(bo.locator("datalist option")).toHaveCount(1);
  await bo.getByLabel("Person").press("Enter");
  await expect(bo).toHaveURL(/person=/);
  await expect(bo.getByLabel("Person")).toHaveValue("Wanda Pohl");
  await expect(bo.getByText("Nothing of this kind happened yet")).toBeVisible();
  await bo.reload();
  await expect(bo.getByLabel("Person")).toHaveValue("Wanda Pohl");
  await bo.getByRole("button", { name: "Show all" }).click();
  await expect(row).toContainText("Zelda Quist");
  await row.getByRole("link", { name: "#8" }).click();
  await expect(bo.getByRole("heading", { name: "Feature 8" })).toBeVisible();
  await bo.getByRole("heading", { name: "Activity" }).click();
  await expect(events.getByRole("listitem")).toHaveCount(2);
  await expect(events).toContainText("commented");
  await expectHarmless(bo);
  await ada.context().close();
  await bo.context().close();
});
