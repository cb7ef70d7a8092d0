import { describe, expect, it } from "vitest";
import {
  ACTIONS,
  assertMay,
  may,
  mayAtAll,
  PERMISSIONS,
  ROLES,
  SCOPES,
  type Action,
  type Role,
} from "#lib/policy";

/**
 * The whole of it, written out: for viewer, labeller, maintainer and admin
 * what they may do to their own (o), to others' (x), to all (a), or not (-).
 */
const TABLE: Record<Action, string> = {
  read: "aaaa",
  export: "aaaa",
  "label.create": "-aaa",
  "label.edit": "-oaa",
  "label.delete": "-oaa",
  "label.restore": "-oaa",
  "label.revert": "-oaa",
  "label.vote": "-xxx",
  "label.accept": "--aa",
  "comment.create": "-aaa",
  "comment.edit": "-ooo",
  "comment.delete": "-oaa",
  "flag.create": "-aaa",
  "flag.delete": "-oaa",
  rubric: "-ooo",
  "list.create": "-aaa",
  "list.edit": "-oaa",
  "list.delete": "-oaa",
  bookmark: "oooo",
  mentions: "oooo",
  "queue.work": "-aaa",
  "queue.assign": "--aa",
  "quiz.answer": "-aaa",
  import: "--aa",
  backup: "---a",
  "people.list": "---a",
  "people.invite": "---a",
  "people.role": "---x",
  "people.disable": "---x",
  account: "oooo",
  "token.manage": "oooo",
};

const cells = ACTIONS.flatMap((action) =>
  ROLES.flatMap((role, i) =>
    [true, false].map((own) => {
      const cell = TABLE[action][i]!;
      const expected = own ? "ao".includes(cell) : "ax".includes(cell);
      return { action, role, own, expected };
    }),
  ),
);
const session = (role: Role) => ({ role, scopes: null });

describe("the policy", () => {
  it.each(cells)(
    "$role, $action, own $own: $expected",
    ({ action, role, own, expected }) => {
      expect(may(session(role), action, { own })).toBe(expected);
      const ask = () => {
        assertMay(session(role), action, { own });
      };
      if (expected) expect(ask).not.toThrow();
      else expect(ask).toThrow(/^You may not .+\.$/);
    },
  );

  it("lets in at the door whoever may do it to something", () => {
    for (const action of ACTIONS) {
      ROLES.forEach((role, i) => {
        const expected = TABLE[action][i] !== "-";
        expect(mayAtAll(session(role), action), action).toBe(expected);
      });
    }
  });

  it("never gives a token more than its role, nor more than its scopes", () => {
    for (const { action, role, own, expected } of cells) {
      for (const scope of SCOPES) {
        const allowed = may({ role, scopes: [scope] }, action, { own });
        expect(allowed, `${role} ${action} ${scope}`).toBe(
          expected && PERMISSIONS[action].scope === scope,
        );
      }
      expect(may({ role, scopes: [] }, action, { own })).toBe(false);
    }
  });

  it("keeps accounts and tokens out of every token's reach", () => {
    for (const action of ["account", "token.manage"] as const) {
      const actor = { role: "admin", scopes: SCOPES } as const;
      expect(may(actor, action)).toBe(false);
      expect(() => {
        assertMay(actor, action);
      }).toThrow("it takes a person who is logged in, not an API token.");
    }
  });

  it("says which role it takes, or which scope is missing", () => {
    expect(() => {
      assertMay(session("labeller"), "label.edit", { own: false });
    }).toThrow(
      "You may not change this label: it takes the role maintainer, yours is labeller.",
    );
    expect(() => {
      assertMay({ role: "admin", scopes: ["read"] }, "label.create");
    }).toThrow(
      'You may not write labels: this API token lacks the scope "label".',
    );
  });
});
