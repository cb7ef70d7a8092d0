import { expect, test, type Browser, type Page } from "@playwright/test";
import type { Role } from "#lib/policy";
import { TEAM_ADMIN, TEAM_URL } from "./data";

/** Logs in on the team's server, in a browser context of its own. */
export async function logIn(
  browser: Browser,
  { name, password }: { name: string; password: string } = TEAM_ADMIN,
): Promise<Page> {
  const context = await browser.newContext({ baseURL: TEAM_URL });
  const page = await context.newPage();
  await page.goto("/login");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByLabel(`Account of ${name}`)).toBeVisible();
  return page;
}

/** Adds somebody to the team, logged in, by an invitation over the API. */
export async function newTeamMate(
  browser: Browser,
  name: string,
  role: Role = "labeller",
): Promise<Page> {
  const admin = await browser.newContext({ baseURL: TEAM_URL });
  await admin.request.post("/api/session", { data: TEAM_ADMIN });
  const made = await admin.request.post("/api/invitations", {
    data: { role },
  });
  const { path } = (await made.json()) as { path: string };
  await admin.close();
  const context = await browser.newContext({ baseURL: TEAM_URL });
  const accepted = await context.request.post(`/api${path}`, {
    data: { name, password: `${name} has a password` },
  });
  if (test.info().retry > 0 && accepted.status() === 409) {
    // They came with the first try already.
    await context.request.post("/api/session", {
      data: { name, password: `${name} has a password` },
    });
  } else {
    expect(accepted.status()).toBe(201);
  }
  return context.newPage();
}
