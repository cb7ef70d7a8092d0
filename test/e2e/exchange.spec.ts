import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { seriousFaults } from "./accessibility";
import { E2E_SAE, SAE_PATH, TEAM_URL } from "./data";
import { newTeamMate } from "./team";

const row = (more: object) =>
  JSON.stringify({ type: "label", feature: 11, author: "Nell", ...more });

test("labels come in after a look at what they would do, and go out again", async ({
  page,
}) => {
  await page.goto(SAE_PATH);
  await page.getByRole("link", { name: "In and out" }).click();
  const inwards = page.getByRole("region", { name: "In", exact: true });
  const file = {
    name: "labels.jsonl",
    mimeType: "application/x-ndjson",
    buffer: Buffer.from(
      [
        row({ id: "e2e-import-1", text: "=imported" }),
        row({ id: "e2e-import-2", feature: 99_999, text: "nowhere" }),
        "nonsense",
      ].join("\n"),
    ),
  };
  await inwards.getByLabel("File").setInputFiles(file);
  await expect(inwards.getByRole("status")).toContainText(
    "Of 3 rows, 1 label would be added; 0 here already; 2 rejected.",
  );
  await expect(inwards.getByRole("status")).toContainText("Nell");
  const rejected = inwards.getByRole("table", { name: "Rejected rows" });
  await expect(rejected.getByRole("row", { name: /^2 / })).toContainText(
    "There is no feature 99999",
  );
  await expect(rejected.getByRole("row", { name: /^3 / })).toContainText(
    "The row is no well-formed JSON.",
  );
  expect(await seriousFaults(page)).toEqual([]);

  await inwards.getByRole("button", { name: "Take in 1 row" }).click();
  await expect(inwards.getByRole("status")).toContainText(
    "Done: of 3 rows, 1 label was added",
  );
  // The same file again has nothing new.
  await inwards.getByLabel("File").setInputFiles([]);
  await inwards.getByLabel("File").setInputFiles(file);
  await expect(
    inwards.getByRole("button", { name: "There is nothing to take in" }),
  ).toBeDisabled();

  const outwards = page.getByRole("region", { name: "Out" });
  await outwards.getByRole("radio", { name: /^CSV/ }).check();
  await expect(page).toHaveURL(`${SAE_PATH}/exchange?format=csv`);
  const saving = page.waitForEvent("download");
  await outwards.getByRole("button", { name: "Save the file" }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe(`${E2E_SAE}-labels.csv`);
  const text = readFileSync(await saved.path(), "utf8");
  expect(text).toContain(`label,e2e-import-1,${E2E_SAE},11,'=imported,`);

  await page.goto(`${SAE_PATH}/feature/11`);
  await expect(page.getByText("=imported").first()).toBeVisible();
});

test("who may not import is told so, and fits a phone", async ({ browser }) => {
  const page = await newTeamMate(browser, "Impa");
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto(`${TEAM_URL}${SAE_PATH}/exchange?format=neuronpedia`);
  await expect(page.getByRole("note")).toContainText(
    "You may not import labels: it takes the role maintainer",
  );
  await expect(page.getByLabel("Source there")).toHaveValue(E2E_SAE);
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth > window.innerWidth,
  );
  expect(wide).toBe(false);
  expect(await seriousFaults(page)).toEqual([]);
});
