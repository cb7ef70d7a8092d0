import { expect, test } from "@playwright/test";
import { seriousFaults } from "./accessibility";
import { untilAlive } from "./alive";
import { E2E_SAE, E2E_TWIN, TWIN_SHARED } from "./data";
import { twinOrder } from "./twin";

test("labels come over to another SAE by keyboard, and all at once", async ({
  page,
  request,
}) => {
  test.setTimeout(120_000);
  const order = twinOrder();
  // Features of the twin that are surely one of the trained SAE's.
  const twins = [20, 40, 60].sort((a, b) => order[a]! - order[b]!);
  expect(Math.max(...twins)).toBeLessThan(TWIN_SHARED);
  for (const twin of twins) {
    const at = `/api/saes/${E2E_SAE}/features/${order[twin]}/labels`;
    const made = await request.post(at, { data: { text: `move ${twin}` } });
    expect(made.status()).toBe(201);
  }
  await page.goto(`/sae/${E2E_TWIN}/migrate`);
  await untilAlive(page.getByLabel("From"));
  await page.getByLabel("From").selectOption(E2E_SAE);
  const list = page.getByRole("region", { name: "Proposals" });
  const item = (text: string) =>
    list.getByRole("listitem").filter({ hasText: text });
  // The two are matched first, where nobody did so before.
  await expect(item(`move ${twins[0]}`)).toBeVisible({ timeout: 60_000 });
  await page.getByLabel("Cosine at least").fill("0.9");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/t=0\.9/);
  for (const twin of twins) {
    await expect(item(`move ${twin}`)).toContainText(`#${twin}`);
  }
  expect(await seriousFaults(page)).toEqual([]);

  // By keyboard: on to the first of ours, over with it, no to the second.
  const first = item(`move ${twins[0]}`);
  for (let i = 0; i < 30; i++) {
    if ((await first.getAttribute("aria-current")) === "true") break;
    await page.keyboard.press("j");
  }
  await page.keyboard.press("a");
  await expect(first).toContainText("Taken over");
  const second = item(`move ${twins[1]}`);
  await second.getByRole("button", { name: "Reject" }).click();
  await expect(second).toContainText("Rejected");
  await second.getByRole("button", { name: "Take back" }).click();
  await expect(second.getByRole("button", { name: "Take over" })).toBeVisible();

  await list.getByRole("button", { name: "Take over all from 0.9 up" }).click();
  await list.getByRole("button", { name: "Yes, all" }).click();
  await expect(list.getByRole("status")).toContainText("taken over; ");
  await page.goto(`/sae/${E2E_TWIN}/feature/${twins[2]}`);
  await expect(page.getByText(`move ${twins[2]}`).first()).toBeVisible();

  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto(`/sae/${E2E_TWIN}/migrate?from=${E2E_SAE}&state=accepted`);
  await expect(item(`move ${twins[0]}`)).toContainText("Taken over");
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth > window.innerWidth,
  );
  expect(wide).toBe(false);
});
