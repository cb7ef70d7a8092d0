import { expect, test } from "vitest";
import { ROLES, may, PERMISSIONS, type Action } from "#lib/policy";
import { call } from "./call";
import type { Member, Team } from "./team";

/** One request of the API, as the authorisation tests make it. */
export interface Door {
  action: Action;
  method: "GET" | "POST" | "PUT" | "DELETE";
  /**
   * Makes what the request is about, belonging to `owner`, and says how
   * `asker` would ask for it. Called anew for every request.
   */
  arrange(
    owner: Member,
    asker: Member | null,
  ):
    | Promise<{ path: string; json?: unknown }>
    | { path: string; json?: unknown };
  /** There is nothing of another's to ask for. */
  ownOnly?: boolean;
  /** What another's thing is answered with, where it must not even be known. */
  hidden?: 404;
}

/**
 * Tests, for each door, every role on its own and on another's thing, nobody,
 * and tokens with and without the scope: what the policy says is what happens.
 */
export function testDoors(team: () => Team, doors: readonly Door[]): void {
  const cases = doors.flatMap((door) =>
    ROLES.flatMap((role) =>
      (door.ownOnly ? [true] : [true, false]).map((own) => ({
        name: `${door.method} ${door.action}`,
        door,
        role,
        own,
      })),
    ),
  );
  test.each(cases)("$name as $role, own: $own", async ({ door, role, own }) => {
    const asker = team()[role];
    const owner = own ? asker : team().other;
    const { path, json } = await door.arrange(owner, asker);
    const answer = await asker.call(door.method, path, body(json));
    if (may({ role, scopes: null }, door.action, { own })) {
      expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    } else if (!own && door.hidden !== undefined) {
      expect([403, door.hidden]).toContain(answer.status);
    } else {
      expect(answer).toMatchObject({
        status: 403,
        body: { error: { code: "forbidden" } },
      });
    }
  });

  test.each(doors)("$method $action for nobody", async (door) => {
    const { path, json } = await door.arrange(team().other, null);
    expect(await call(door.method, path, body(json))).toMatchObject({
      status: 401,
      body: { error: { code: "unauthorized" } },
    });
  });

  test.each(doors)("$method $action with a token", async (door) => {
    const { admin, other } = team();
    const owner = may({ role: "admin", scopes: null }, door.action)
      ? admin
      : other;
    const { scope } = PERMISSIONS[door.action];
    for (const scopes of [["read"], ["admin"], ["label"], ["maintain"]]) {
      const made = await admin.call("POST", "/me/tokens", {
        json: { name: "test", scopes },
      });
      const { secret, token } = made.body as {
        secret: string;
        token: { id: string };
      };
      const { path, json } = await door.arrange(owner, admin);
      const { status } = await call(door.method, path, {
        ...body(json),
        headers: { authorization: `Bearer ${secret}` },
      });
      await admin.call("DELETE", `/me/tokens/${token.id}`);
      if (scope !== null && scopes.includes(scope)) {
        expect(status).toBeLessThan(300);
      } else {
        expect(status, scopes.join()).toBe(403);
      }
    }
  });
}

const body = (json: unknown) => (json === undefined ? {} : { json });
