import { expect, test, type Page } from "@playwright/test";
import { seriousFaults } from "./accessibility";
import { SAE_PATH, TEAM_URL } from "./data";
import { logIn, newTeamMate } from "./team";

const PASSWORD = "nine lives of a cat";

/** Chooses a name and a password where an invitation's link leads. */
async function join(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await expect(
    page.getByRole("heading", { name: "Welcome to Monolex" }),
  ).toBeVisible();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Join" }).click();
}

test("invite, accept, log in, log out; who only looks cannot write", async ({
  browser,
}) => {
  const admin = await logIn(browser);
  await admin.getByLabel("Account of Ada").click();
  await admin.getByRole("link", { name: "People" }).click();
  const invitations = admin.getByRole("region", { name: "Invitations" });
  await invitations.getByLabel("Invite somebody as").selectOption("viewer");
  await invitations.getByRole("button", { name: "Make a link" }).click();
  const link = await invitations.getByLabel("Invitation link").inputValue();
  expect(link).toMatch(new RegExp(`^${TEAM_URL}/invite/[\\w-]{43}$`));
  await expect(invitations.getByText("A link for a new viewer")).toBeVisible();

  const guest = await (await browser.newContext()).newPage();
  // A name that looks like Ada's is not to be had.
  await join(guest, link, "ADA");
  await expect(guest.getByRole("main").getByRole("alert")).toContainText(
    "“Ada”",
  );
  await guest.getByLabel("Name").fill("Vera");
  await guest.getByRole("button", { name: "Join" }).click();
  await expect(guest).toHaveURL(`${TEAM_URL}/`);
  await expect(guest.getByLabel("Account of Vera")).toBeVisible();
  await guest.goto(link);
  await expect(guest.getByRole("main").getByRole("alert")).toContainText(
    "was used",
  );

  // To look at anything is fine, to write is not.
  await guest.goto(`${TEAM_URL}${SAE_PATH}`);
  await expect(guest.getByRole("heading", { name: "Usage" })).toBeVisible();
  const refused = await guest.request.post(
    `${TEAM_URL}/api/saes/${SAE_PATH.split("/")[2]!}/features/1/labels`,
    { data: { text: "mine" } },
  );
  expect(refused.status()).toBe(403);
  await guest.goto(`${TEAM_URL}/people`);
  await expect(guest.getByText("Only admins")).toBeVisible();

  await guest.getByLabel("Account of Vera").click();
  await guest.getByRole("button", { name: "Log out" }).click();
  await expect(guest).toHaveURL(`${TEAM_URL}/login`);
  await guest.goto(`${TEAM_URL}${SAE_PATH}?q=sort%3Amax`);
  await expect(guest).toHaveURL(/\/login\?next=/);
  await guest.getByLabel("Name").fill("vera");
  await guest.getByLabel("Password", { exact: true }).fill("not this one");
  await guest.getByRole("button", { name: "Log in" }).click();
  await expect(guest.getByRole("main").getByRole("alert")).toContainText(
    "not right",
  );
  await guest.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await guest.getByRole("button", { name: "Log in" }).click();
  await expect(guest).toHaveURL(`${TEAM_URL}${SAE_PATH}?q=sort%3Amax`);

  // A role takes effect at once, and ends the sessions of before.
  await admin.reload();
  await admin.getByLabel("Role of Vera").selectOption("labeller");
  await expect(admin.getByLabel("Role of Vera")).toHaveValue("labeller");
  await guest.reload();
  await expect(guest).toHaveURL(/\/login\?next=/);
  await admin.getByRole("button", { name: "Disable Vera" }).click();
  await expect(
    admin.getByRole("button", { name: "Enable Vera" }),
  ).toBeVisible();
});

test("the log-in leads back only to this site", async ({ page }) => {
  for (const next of [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "/login",
  ]) {
    await page.goto(`${TEAM_URL}/login?next=${encodeURIComponent(next)}`);
    await page.getByLabel("Name").fill("Ada");
    await page
      .getByLabel("Password", { exact: true })
      .fill("first of all admins");
    await page.getByRole("button", { name: "Log in" }).click();
    await expect(page, next).toHaveURL(`${TEAM_URL}/`);
    await page.context().clearCookies();
  }
});

test("an account: name, password, sessions, API tokens", async ({
  browser,
}) => {
  const page = await newTeamMate(browser, "Lars");
  await page.goto("/account");
  const name = page.getByRole("region", { name: "Name" });
  await name.getByRole("textbox").fill("Lars Larsen");
  await name.getByRole("button", { name: "Change name" }).click();
  await expect(page.getByLabel("Account of Lars Larsen")).toBeVisible();

  const tokens = page.getByRole("region", { name: "API tokens" });
  await tokens.getByLabel("What it is for").fill("<b>notebook</b>");
  await expect(tokens.getByText("Invite people")).toHaveCount(0);
  await tokens.getByRole("button", { name: "Make token" }).click();
  const token = await tokens.getByLabel("API token").inputValue();
  const use = () =>
    page.request.get(`${TEAM_URL}/api/saes`, {
      headers: { authorization: `Bearer ${token}`, cookie: "" },
    });
  expect((await use()).status()).toBe(200);
  await tokens.getByRole("button", { name: "Revoke <b>notebook</b>" }).click();
  await expect(tokens.getByRole("button", { name: /^Revoke/ })).toHaveCount(0);
  expect((await use()).status()).toBe(401);

  const other = await logIn(browser, {
    name: "Lars Larsen",
    password: "Lars has a password",
  });
  const password = page.getByRole("region", { name: "Password" });
  const present = password.getByLabel("Present password", { exact: true });
  await present.fill("Lars has a password");
  await password.getByLabel("New password", { exact: true }).fill(PASSWORD);
  await password.getByRole("button", { name: "Change password" }).click();
  await expect(password.getByRole("status")).toContainText("is changed");
  // Here one stays; on the other device a page notices.
  await page.reload();
  await expect(page.getByRole("region", { name: "Sessions" })).toBeVisible();
  await other.goto("/");
  await expect(other).toHaveURL(/\/login/);
});

test("without log-in: one person, only for this machine, not by a proxy", async ({
  page,
  request,
  baseURL,
}) => {
  await page.goto("/account");
  await expect(page.getByText("nobody logs in")).toBeVisible();
  await expect(page.getByRole("region", { name: "Password" })).toHaveCount(0);
  for (const headers of [
    { host: "evil.example" },
    { "x-forwarded-for": "127.0.0.1" },
    { "x-forwarded-for": "127.0.0.1", "x-monolex-local": "1" },
    { via: "1.1 proxy" },
    { forwarded: "for=127.0.0.1" },
  ] as Record<string, string>[]) {
    const answer = await request.get(`${baseURL!}/api/saes`, { headers });
    expect(answer.status(), JSON.stringify(headers)).toBe(403);
  }
});

test("log-in and account have no accessibility faults, and fit a phone", async ({
  browser,
}) => {
  const page = await logIn(browser);
  await page.setViewportSize({ width: 390, height: 800 });
  for (const path of ["/account", "/people", "/people?kind=names"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.waitForLoadState("networkidle");
    expect(await seriousFaults(page)).toEqual([]);
    const width = await page.evaluate(
      () => document.documentElement.scrollWidth,
    );
    expect(width, path).toBeLessThanOrEqual(390);
  }
  await page.context().clearCookies();
  await page.goto("/login");
  await page.waitForLoadState("networkidle");
  expect(await seriousFaults(page)).toEqual([]);
});
