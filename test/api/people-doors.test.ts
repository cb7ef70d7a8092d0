import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { ApiToken, Invitation, Session } from "#lib/contract/index";
import { temporaryFolder } from "#test/db/temporary";
import { call, fetchRoute } from "./call";
import { testDoors, type Door } from "./doors";
import { cookieOf, makeTeam, PASSWORD, type Member, type Team } from "./team";

const folder = temporaryFolder();
let team: Team;
beforeAll(async () => {
  team = await makeTeam(folder);
});

const newToken = async (owner: Member) => {
  const json = { name: "a", scopes: ["read"] };
  const { body } = await owner.call("POST", "/me/tokens", { json });
  return (body as { token: ApiToken }).token.id;
};
const newSession = async (owner: Member) => {
  const before = await sessionIds(owner);
  await fetchRoute("POST", "/session", {
    json: { name: owner.name, password: PASSWORD },
  });
  return (await sessionIds(owner)).find((id) => !before.includes(id))!;
};
const sessionIds = async (owner: Member) => {
  const { body } = await owner.call("GET", "/me/sessions");
  return (body as { sessions: Session[] }).sessions.map(({ id }) => id);
};
const newInvitation = async () => {
  const made = await team.admin.call("POST", "/invitations", { json: {} });
  return (made.body as { invitation: Invitation }).invitation.id;
};

const doors: Door[] = [
  {
    action: "account",
    method: "PUT",
    ownOnly: true,
    arrange: ({ name }) => ({ path: "/me/name", json: { name } }),
  },
  {
    action: "account",
    method: "GET",
    ownOnly: true,
    arrange: () => ({ path: "/me/sessions" }),
  },
  {
    action: "account",
    method: "DELETE",
    hidden: 404,
    arrange: async (owner) => ({
      path: `/me/sessions/${await newSession(owner)}`,
    }),
  },
  {
    action: "token.manage",
    method: "GET",
    ownOnly: true,
    arrange: () => ({ path: "/me/tokens" }),
  },
  {
    action: "token.manage",
    method: "POST",
    ownOnly: true,
    arrange: () => ({
      path: "/me/tokens",
      json: { name: "mine", scopes: ["read"] },
    }),
  },
  {
    action: "token.manage",
    method: "DELETE",
    hidden: 404,
    arrange: async (owner) => ({ path: `/me/tokens/${await newToken(owner)}` }),
  },
  {
    action: "people.list",
    method: "GET",
    ownOnly: true,
    arrange: () => ({ path: "/people" }),
  },
  {
    action: "people.role",
    method: "PUT",
    arrange: ({ id }) => ({
      path: `/people/${id}`,
      json: { role: "labeller" },
    }),
  },
  {
    action: "people.disable",
    method: "PUT",
    arrange: ({ id }) => ({ path: `/people/${id}`, json: { disabled: false } }),
  },
  {
    action: "people.invite",
    method: "GET",
    ownOnly: true,
    arrange: () => ({ path: "/invitations" }),
  },
  {
    action: "people.invite",
    method: "POST",
    ownOnly: true,
    arrange: () => ({ path: "/invitations", json: { role: "viewer" } }),
  },
  {
    action: "people.invite",
    method: "DELETE",
    ownOnly: true,
    arrange: async () => ({ path: `/invitations/${await newInvitation()}` }),
  },
];

describe("who may do what to accounts", () => {
  testDoors(() => team, doors);
});

describe("every route", () => {
  const api = join(import.meta.dirname, "../../app/api");
  const files = readdirSync(api, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith("/route.ts"),
  );
  // What comes before the log-in, says nothing without a link's secret, or is
  // the program itself.
  const OPEN = ["me", "session", "invite/[token]", "openapi.json"];

  test.each(files)("%s is closed to those not logged in", async (file) => {
    const folder = file.slice(0, -"/route.ts".length);
    const handlers = (await import(join(api, file))) as object;
    const path = `/${folder.replaceAll(/\[[^\]]+\]/g, "1")}`;
    for (const method of Object.keys(handlers).filter((name) =>
      /^[A-Z]+$/.test(name),
    )) {
      const init = method === "GET" ? {} : { json: {} };
      const { status } = await call(method, path, init);
      if (OPEN.includes(folder)) expect(status, method).not.toBe(401);
      else expect(status, method).toBe(401);
    }
  });
});

test("a log-out ends the session, not only the cookie", async () => {
  const json = { name: "Otto", password: PASSWORD };
  const cookie = cookieOf(await fetchRoute("POST", "/session", { json }));
  const headers = { cookie };
  expect((await call("GET", "/me/sessions", { headers })).status).toBe(200);
  const out = await fetchRoute("DELETE", "/session", { headers });
  expect(await out.json()).toMatchObject({ person: null });
  expect(out.headers.get("set-cookie")).toContain("Max-Age=0");
  expect((await call("GET", "/me/sessions", { headers })).status).toBe(401);
});
