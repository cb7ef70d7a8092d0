import { beforeAll, describe, expect, test, vi } from "vitest";
import { join } from "node:path";
import type {
  ApiToken,
  Invitation,
  PeoplePage,
  Session,
} from "#lib/contract/index";
import { addPlaceholder, labelDatabase } from "#lib/db/index";
import type { Role } from "#lib/policy";
import { temporaryFolder } from "#test/db/temporary";
import { call, fetchRoute } from "./call";
import {
  cookieOf,
  logInAs,
  makeTeam,
  member,
  PASSWORD,
  type Member,
  type Team,
} from "./team";

const folder = temporaryFolder();
let team: Team;
beforeAll(async () => {
  team = await makeTeam(folder);
});

const db = () => labelDatabase(join(folder, "labels.sqlite"));

/** Makes a link and takes it apart. */
async function invite(json: object = {}) {
  const { status, body } = await team.admin.call("POST", "/invitations", {
    json,
  });
  expect(status).toBe(201);
  const { invitation, path } = body as { invitation: Invitation; path: string };
  return { invitation, token: path.slice("/invite/".length) };
}

const acceptAs = (token: string, name: string, password = PASSWORD) =>
  fetchRoute("POST", `/invite/${token}`, { json: { name, password } });

/** Somebody new, logged in. */
async function newMember(name: string, role: Role = "labeller") {
  const { token } = await invite({ role });
  const response = await acceptAs(token, name);
  expect(response.status).toBe(201);
  const { person } = (await response.json()) as { person: { id: string } };
  return member({ id: person.id, name, role }, cookieOf(response));
}

const isIn = async (who: Member) =>
  (await who.call("GET", "/me/sessions")).status === 200;

describe("an invitation", () => {
  test("lets one person in, with its role, once", async () => {
    const { token, invitation } = await invite({ role: "maintainer" });
    expect(invitation).toMatchObject({ role: "maintainer", createdBy: "Adam" });
    expect(await call("GET", `/invite/${token}`)).toMatchObject({
      status: 200,
      body: { role: "maintainer", name: null, choosesName: true },
    });
    const response = await acceptAs(token, "Nina");
    expect(response.status).toBe(201);
    const nina = member(
      { id: "", name: "Nina", role: "maintainer" },
      cookieOf(response),
    );
    expect(await nina.call("GET", "/me")).toMatchObject({
      body: { person: { name: "Nina", role: "maintainer" } },
    });
    for (const again of [
      await call("GET", `/invite/${token}`),
      await call("POST", `/invite/${token}`, {
        json: { name: "Nora", password: PASSWORD },
      }),
    ]) {
      expect(again).toMatchObject({ status: 404 });
    }
    const open = await team.admin.call("GET", "/invitations");
    expect(JSON.stringify(open.body)).not.toContain(invitation.id);
  });

  test("used by two at once lets in one of them", async () => {
    const { token } = await invite();
    const answers = await Promise.all(
      ["Pia", "Pat"].map((name) => acceptAs(token, name)),
    );
    expect(answers.map((a) => a.status).sort()).toEqual([201, 404]);
  });

  test("that was withdrawn or has expired is like one that never was", async () => {
    const { token, invitation } = await invite();
    await team.admin.call("DELETE", `/invitations/${invitation.id}`);
    const { token: old, invitation: older } = await invite({ days: 1 });
    db()
      .$client.prepare("UPDATE invitations SET expires_at = ? WHERE id = ?")
      .run("2020-01-01T00:00:00.000Z", older.id);
    const answers = [];
    for (const each of [token, old, "x".repeat(43), "%27%20OR%201=1"]) {
      answers.push(await call("GET", `/invite/${each}`));
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(
      1,
    );
    expect(answers[0]).toMatchObject({ status: 404 });
  });

  test("survives a bad name or password, and says what is wrong", async () => {
    const { token } = await invite();
    for (const [name, password, status, message] of [
      ["<script>", PASSWORD, 422, "letter"],
      ["Lars", PASSWORD, 409, "Somebody is called “Lars”"],
      ["LARS", PASSWORD, 409, "looks too much like “Lars”"],
      ["lars", PASSWORD, 409, "looks too much like “Lars”"],
      ["1ars", PASSWORD, 409, "looks too much like “Lars”"],
      ["Quinn", "short", 422, "at least 10"],
      ["Quinn", "password1234", 422, "first that are guessed"],
      ["Quinn Smith", "quinnsmith1", 422, "first that are guessed"],
      ["Quinn", "aaaaaaaaaaaa", 422, "first that are guessed"],
      ["Quinn", "x1".repeat(101), 422, "longer than 200"],
    ] as const) {
      const answer = await acceptAs(token, name, password);
      expect(answer.status, name + password).toBe(status);
      expect(await answer.text()).toContain(message);
    }
    expect((await acceptAs(token, "Quinn")).status).toBe(201);
  });

  test("takes over a name, and all that was written under it", async () => {
    const old = addPlaceholder(db(), "Old Ned", "2026-01-01T00:00:00.000Z");
    const names = await team.admin.call("GET", "/people?kind=names");
    expect((names.body as PeoplePage).people).toMatchObject([
      { id: old.id, name: "Old Ned", state: "name" },
    ]);
    // Nobody else can take it.
    const { token: stranger } = await invite();
    expect((await acceptAs(stranger, "0ld Ned")).status).toBe(409);
    const { token } = await invite({ personId: old.id });
    expect(await call("GET", `/invite/${token}`)).toMatchObject({
      body: { name: "Old Ned", choosesName: true },
    });
    const response = await acceptAs(token, "Ned");
    expect(await response.json()).toMatchObject({
      person: { id: old.id, name: "Ned", role: "labeller" },
    });
  });

  test("to an account sets a new password and gives no new rights", async () => {
    const rosa = await newMember("Rosa");
    const { token, invitation } = await invite({
      personId: rosa.id,
      role: "admin",
    });
    expect(invitation).toMatchObject({ role: "labeller" });
    const newer = await invite({ personId: rosa.id });
    // One link at a time.
    expect((await call("GET", `/invite/${token}`)).status).toBe(404);
    const answer = await acceptAs(newer.token, "ignored", "a new one indeed");
    expect(await answer.json()).toMatchObject({
      person: { id: rosa.id, name: "Rosa", role: "labeller" },
    });
    expect(await isIn(rosa)).toBe(false);
    await expect(logInAs(rosa)).rejects.toThrow("not right");
    await logInAs(rosa, "a new one indeed");
  });
});

describe("an account", () => {
  test("that is disabled is closed: session, token, password and link", async () => {
    const sam = await newMember("Sam");
    const made = await sam.call("POST", "/me/tokens", {
      json: { name: "t", scopes: ["read"] },
    });
    const { secret } = made.body as { secret: string };
    const headers = { authorization: `Bearer ${secret}` };
    const { token } = await invite({ personId: sam.id });
    expect((await call("GET", "/saes", { headers })).status).toBe(200);

    const change = (json: object) =>
      team.admin.call("PUT", `/people/${sam.id}`, { json });
    expect(await change({ disabled: true })).toMatchObject({
      body: { state: "disabled" },
    });
    expect(await isIn(sam)).toBe(false);
    expect((await call("GET", "/saes", { headers })).status).toBe(401);
    expect((await call("GET", `/invite/${token}`)).status).toBe(404);
    await expect(logInAs(sam)).rejects.toThrow("Name or password is not right");

    await change({ disabled: false });
    expect(await isIn(sam)).toBe(false);
    expect(await isIn(await logInAs(sam))).toBe(true);
  });

  test("with another role logs in again, and has its rights at once", async () => {
    const tom = await newMember("Tom", "viewer");
    const change = { json: { role: "maintainer" } };
    await team.admin.call("PUT", `/people/${tom.id}`, change);
    expect(await isIn(tom)).toBe(false);
    const again = await logInAs(tom);
    expect(await again.call("GET", "/me")).toMatchObject({
      body: { person: { role: "maintainer" } },
    });
  });

  test("keeps one admin at least", async () => {
    const two = await newMember("Two", "admin");
    const asTwo = (id: string, json: object) =>
      two.call("PUT", `/people/${id}`, { json });
    expect((await asTwo(two.id, { role: "viewer" })).status).toBe(403);
    expect((await asTwo(two.id, { disabled: true })).status).toBe(403);
    expect((await asTwo(team.admin.id, { role: "admin" })).status).toBe(200);
    // Adam makes Two a viewer; then nobody is left who could do it to Adam.
    await team.admin.call("PUT", `/people/${two.id}`, {
      json: { role: "viewer" },
    });
    const alone = await team.admin.call("PUT", `/people/${team.admin.id}`, {
      json: { role: "viewer" },
    });
    expect(alone.status).toBe(403);
  });

  test("has another name for who it belongs to, free and fit", async () => {
    const uma = await newMember("Uma");
    const rename = (name: string) =>
      uma.call("PUT", "/me/name", { json: { name } });
    expect((await rename("Lаrs")).status).toBe(422);
    expect((await rename("LARS")).status).toBe(409);
    expect((await rename("uma")).status).toBe(200);
    expect(await rename("Uma Thorn")).toMatchObject({
      body: { person: { id: uma.id, name: "Uma Thorn" } },
    });
    await logInAs({ ...uma, name: "UMA THORN" });
  });

  test("gets a new password by the present one, and a new session", async () => {
    const vic = await newMember("Vic");
    const elsewhere = await logInAs(vic);
    const change = (current: string, next: string) =>
      fetchRoute("PUT", "/me/password", {
        json: { current, next },
        headers: { cookie: vic.cookie },
      });
    expect((await change("wrong password", "four good new words")).status).toBe(
      403,
    );
    expect((await change(PASSWORD, "short")).status).toBe(422);
    const changed = await change(PASSWORD, "four good new words");
    expect(changed.status).toBe(200);
    const fresh = member(vic, cookieOf(changed), "four good new words");
    expect(fresh.cookie).not.toBe(vic.cookie);
    expect([await isIn(vic), await isIn(elsewhere), await isIn(fresh)]).toEqual(
      [false, false, true],
    );
    await expect(logInAs(vic)).rejects.toThrow("not right");
    await logInAs(vic, fresh.password);
  });

  test("knows its sessions, and ends one or all others", async () => {
    const wes = await newMember("Wes");
    const [second, third] = [await logInAs(wes), await logInAs(wes)];
    const sessions = async () => {
      const { body } = await wes.call("GET", "/me/sessions");
      return (body as { sessions: Session[] }).sessions;
    };
    const all = await sessions();
    expect(all.filter((s) => s.current)).toHaveLength(1);
    expect(all).toHaveLength(3);
    expect(JSON.stringify(all)).not.toContain(
      decodeURIComponent(wes.cookie).split("=")[1]!.split(".")[0],
    );
    await wes.call("DELETE", `/me/sessions/${all[0]!.id}`);
    expect(await isIn(third)).toBe(false);
    await wes.call("DELETE", "/me/sessions");
    expect([await isIn(second), await isIn(wes)]).toEqual([false, true]);
  });
});

describe("an API token", () => {
  test("is told once, kept as a hash, and ends when it should", async () => {
    const made = await team.labeller.call("POST", "/me/tokens", {
      json: { name: "  notebook ", scopes: ["label", "read"], days: 1 },
    });
    const { secret, token } = made.body as { secret: string; token: ApiToken };
    expect(secret).toMatch(/^mlx_[\w-]{43}$/);
    expect(token).toMatchObject({
      name: "notebook",
      scopes: ["read", "label"],
      lastUsedAt: null,
    });
    const stored = JSON.stringify(
      db().$client.prepare("SELECT * FROM api_tokens").all(),
    );
    expect(stored).not.toContain(secret.slice(4));
    const headers = { authorization: `bearer ${secret}` };
    const use = () => call("GET", "/saes", { headers });
    expect((await use()).status).toBe(200);
    const list = await team.labeller.call("GET", "/me/tokens");
    expect(JSON.stringify(list.body)).not.toContain(secret);
    expect(
      (list.body as { tokens: ApiToken[] }).tokens[0]!.lastUsedAt,
    ).not.toBe(null);
    vi.useFakeTimers({ now: Date.now() + 86_400_001, toFake: ["Date"] });
    expect((await use()).status).toBe(401);
    vi.useRealTimers();
    expect((await use()).status).toBe(200);
    await team.labeller.call("DELETE", `/me/tokens/${token.id}`);
    expect((await use()).status).toBe(401);
  });

  test("that is no token is refused, whatever cookie comes with it", async () => {
    for (const authorization of [
      "Bearer",
      "Bearer x",
      "Basic QTpi",
      `Bearer mlx_${"x".repeat(43)}`,
      `Bearer ${"x".repeat(9000)}`,
      "Bearer ' OR 1=1 --",
    ]) {
      expect(
        await team.admin.call("GET", "/people", { headers: { authorization } }),
        authorization,
      ).toMatchObject({ status: 401 });
    }
  });

  test("has at most its person's rights, and one that is known", async () => {
    const post = (json: object) =>
      team.viewer.call("POST", "/me/tokens", { json });
    const made = await post({ name: "all", scopes: ["admin", "label"] });
    const { secret } = made.body as { secret: string };
    const headers = { authorization: `Bearer ${secret}` };
    expect(await call("GET", "/people", { headers })).toMatchObject({
      status: 403,
      body: { error: { message: expect.stringContaining("role admin") } },
    });
    for (const json of [
      { name: "x", scopes: [] },
      { name: "x", scopes: ["everything"] },
      { name: "", scopes: ["read"] },
      { name: "a\nb", scopes: ["read"] },
      { name: "x".repeat(61), scopes: ["read"] },
      { name: "x", scopes: ["read"], days: 0 },
      { name: "x", scopes: ["read"], personId: team.admin.id },
    ]) {
      expect((await post(json)).status, JSON.stringify(json)).toBe(422);
    }
  });
});

test("the list of people comes page by page", async () => {
  const seen: string[] = [];
  let cursor: string | null = "";
  do {
    const { body } = await team.admin.call(
      "GET",
      `/people?limit=2${cursor ? `&cursor=${cursor}` : ""}`,
    );
    const page: PeoplePage = body as PeoplePage;
    expect(page.people.length).toBeLessThanOrEqual(2);
    seen.push(...page.people.map((person) => person.name));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen).toEqual([...seen].sort());
  expect(seen).toEqual(
    expect.arrayContaining(["Adam", "Lars", "Mona", "Otto", "Vera"]),
  );
  expect((await team.admin.call("GET", "/people?cursor=rubbish")).status).toBe(
    400,
  );
});
