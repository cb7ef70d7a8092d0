import { expect, test, type Page } from "@playwright/test";
import type { FeatureDetail, QuizState } from "#lib/contract/index";
import { seriousFaults } from "./accessibility";
import { E2E_TWIN } from "./data";
import { logIn, newTeamMate } from "./team";

// The SAE that no other test labels on the team's server.
const SAE_PATH = `/sae/${E2E_TWIN}`;
const API = `/api/saes/${E2E_TWIN}`;

/** Labels features that fire often enough to be asked about. */
async function writeLabels(page: Page): Promise<void> {
  const found = await page.request.get(
    `${API}/features?q=${encodeURIComponent("density:<3% sort:density")}&limit=12`,
  );
  const { features } = (await found.json()) as {
    features: { index: number }[];
  };
  for (const { index } of features) {
    const made = await page.request.post(`${API}/features/${index}/labels`, {
      data: { text: `guess about number ${index}` },
    });
    expect(made.status()).toBe(201);
  }
}

test("a quiz is taken by keys alone, tells nothing before the answer, and its score is shown beside the label and on the evidence page", async ({
  browser,
}) => {
  const admin = await logIn(browser);
  await writeLabels(admin);
  const page = await newTeamMate(browser, "Quincy");
  const sent: string[] = [];
  page.on("response", (response) => {
    if (!response.url().includes("quiz")) return;
    void response.text().then(
      (text) => sent.push(text),
      () => undefined,
    );
  });
  await page.goto(`${SAE_PATH}/quiz`);
  const quiz = page.getByRole("region", { name: "Quiz" });
  await expect(quiz.getByText(/guess about number/)).toBeVisible();
  const contexts = quiz.getByRole("listitem");
  await expect(contexts).toHaveCount(10);
  await expect(page).toHaveURL(/quiz=[0-9a-f-]{36}/);
  expect(await seriousFaults(page)).toEqual([]);

  for (const key of ["1", "3", "0", "7", "7"]) await page.keyboard.press(key);
  const pressed = quiz.locator("[aria-pressed=true]");
  await expect(pressed).toHaveCount(3);
  await expect(page).toHaveURL(/marks=0.2.9/);
  await page.reload();
  await expect(pressed).toHaveCount(3);
  expect(sent.length).toBeGreaterThan(0);
  for (const text of sent) {
    expect(text).not.toMatch(
      /"(fires|values|group|feature|labelId)"|"reason":"/,
    );
  }

  const id = new URL(page.url()).searchParams.get("quiz")!;
  await page.keyboard.press("Enter");
  await expect(quiz.getByText(/of 10 right/)).toBeVisible();
  await expect(quiz.locator("[data-step]").first()).toBeVisible();
  expect(await seriousFaults(page)).toEqual([]);

  // Nothing of it is on the feature's page.
  const answered = await page.request.get(`/api/quizzes/${id}`);
  const { result } = (await answered.json()) as QuizState;
  const detail = await page.request.get(`${API}/features/${result!.feature}`);
  const { groups } = (await detail.json()) as FeatureDetail;
  const shown = groups.flatMap((g) => g.examples.map((e) => e.sequence));
  for (const { sequence } of result!.contexts) {
    expect(shown).not.toContain(sequence);
  }

  // The next one is about another label.
  await page.keyboard.press("Enter");
  await expect(pressed).toHaveCount(0);
  await expect(contexts.getByRole("button")).toHaveCount(10);
  expect(new URL(page.url()).searchParams.get("quiz")).not.toBe(id);

  await page.goto(`${SAE_PATH}/evidence`);
  const row = page.getByRole("row", {
    name: new RegExp(`guess about number ${result!.feature} `),
  });
  await expect(row.getByRole("button", { name: /Quiz score/ })).toBeVisible();
  await expect(page.getByText("Quiz marks")).toBeVisible();
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "Untested" }).click();
  await expect(page).toHaveURL(/list=untested/);
  await expect(page.getByText(/guess about number/)).toHaveCount(11);

  await page.goto(`${SAE_PATH}/feature/${result!.feature}`);
  await expect(
    page
      .getByRole("region", { name: "Labels" })
      .getByRole("button", { name: /Quiz score/ }),
  ).toBeVisible();
  await page.context().close();
  await admin.context().close();
});

test("who has nothing to be asked is told why, and nothing is wider than a phone", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${SAE_PATH}/quiz`);
  await expect(page.getByText(/no label to ask you about/)).toBeVisible();
  for (const path of ["quiz", "evidence"]) {
    await page.goto(`${SAE_PATH}/${path}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const width = await page.evaluate(
      () => document.documentElement.scrollWidth,
    );
    expect(width).toBeLessThanOrEqual(390);
  }
});
