/**
 * Who may do what: one table over roles, actions and whose thing it is. Pure,
 * so that the server, the browser and the tests ask the same question.
 */
import { AppError } from "./errors";

/** From least to most; each role may all that the ones before it may. */
export const ROLES = ["viewer", "labeller", "maintainer", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** What an API token can be made good for. */
export const SCOPES = [
  "read",
  "label",
  "discuss",
  "collect",
  "maintain",
  "admin",
] as const;
export type Scope = (typeof SCOPES)[number];

/** Who asks. */
export interface Actor {
  id: string;
  name: string;
  role: Role;
  /** Of the API token that was sent; null for a session: all of the role. */
  scopes: readonly Scope[] | null;
}

export interface Permission {
  /** The least role that may do it to what is its own; null: nobody. */
  own: Role | null;
  /** … and to what is another's. Actions on nobody's thing have both alike. */
  other: Role | null;
  /** A token needs this scope; null: no token may, only a person logged in. */
  scope: Scope | null;
  /** Completes "You may not …". */
  words: string;
}

const alike = (role: Role, scope: Scope | null, words: string): Permission => ({
  own: role,
  other: role,
  scope,
  words,
});

export const PERMISSIONS = {
  read: alike("viewer", "read", "look at this"),
  export: alike("viewer", "read", "export labels"),

  "label.create": alike("labeller", "label", "write labels"),
  "label.edit": {
    own: "labeller",
    other: "maintainer",
    scope: "label",
    words: "change this label",
  },
  "label.delete": {
    own: "labeller",
    other: "maintainer",
    scope: "label",
    words: "delete this label",
  },
  "label.restore": {
    own: "labeller",
    other: "maintainer",
    scope: "label",
    words: "restore this label",
  },
  "label.revert": {
    own: "labeller",
    other: "maintainer",
    scope: "label",
    words: "bring back an earlier text of this label",
  },
  // Only others' votes count for a label.
  "label.vote": {
    own: null,
    other: "labeller",
    scope: "label",
    words: "vote on this label",
  },
  "label.accept": alike("maintainer", "maintain", "decide on labels"),

  "comment.create": alike("labeller", "discuss", "comment"),
  // Nobody puts words into another's mouth, but maintainers may take them out.
  "comment.edit": {
    own: "labeller",
    other: null,
    scope: "discuss",
    words: "change this comment",
  },
  "comment.delete": {
    own: "labeller",
    other: "maintainer",
    scope: "discuss",
    words: "delete this comment",
  },

  "flag.create": alike("labeller", "label", "flag features"),
  "flag.delete": {
    own: "labeller",
    other: "maintainer",
    scope: "label",
    words: "take this flag away",
  },
  // A rubric is one person's own judgement.
  rubric: {
    own: "labeller",
    other: null,
    scope: "label",
    words: "fill in this rubric",
  },

  "list.create": alike("labeller", "collect", "make lists"),
  "list.edit": {
    own: "labeller",
    other: "maintainer",
    scope: "collect",
    words: "change this list",
  },
  "list.delete": {
    own: "labeller",
    other: "maintainer",
    scope: "collect",
    words: "delete this list",
  },
  // Private, so even those may who otherwise only read.
  bookmark: {
    own: "viewer",
    other: null,
    scope: "collect",
    words: "change these bookmarks",
  },
  mentions: {
    own: "viewer",
    other: null,
    scope: "discuss",
    words: "mark these mentions as read",
  },

  "queue.work": alike("labeller", "label", "work on the queue"),
  "queue.assign": alike("maintainer", "maintain", "assign features to people"),
  "quiz.answer": alike("labeller", "label", "answer quizzes"),

  import: alike("maintainer", "maintain", "import labels"),
  backup: alike("admin", "admin", "make or restore backups"),

  "people.list": alike("admin", "admin", "see everybody's accounts"),
  "people.invite": alike("admin", "admin", "invite people"),
  // Not one's own: the last admin cannot lock everybody out.
  "people.role": {
    own: null,
    other: "admin",
    scope: "admin",
    words: "change this person's role",
  },
  "people.disable": {
    own: null,
    other: "admin",
    scope: "admin",
    words: "disable or enable this account",
  },
  // A stolen token must not make itself more tokens or change a password.
  account: {
    own: "viewer",
    other: null,
    scope: null,
    words: "change this account",
  },
  "token.manage": {
    own: "viewer",
    other: null,
    scope: null,
    words: "manage these API tokens",
  },
} as const satisfies Record<string, Permission>;

export type Action = keyof typeof PERMISSIONS;
export const ACTIONS = Object.keys(PERMISSIONS) as Action[];

/** Whose the thing is. Left out, it is nobody's, or about to be one's own. */
export interface Whose {
  own?: boolean;
}

/** Whether the actor may do this: by role and, with a token, by scope. */
export function may(
  actor: Pick<Actor, "role" | "scopes">,
  action: Action,
  { own = true }: Whose = {},
): boolean {
  return roleMay(actor.role, action, own) && scopesMay(actor.scopes, action);
}

/** @throws AppError "forbidden", saying whether role or token falls short. */
export function assertMay(
  actor: Pick<Actor, "role" | "scopes">,
  action: Action,
  { own = true }: Whose = {},
): void {
  const { words, scope, ...least }: Permission = PERMISSIONS[action];
  if (!roleMay(actor.role, action, own)) {
    const role = least[own ? "own" : "other"];
    const cure =
      role === null
        ? own
          ? "somebody else must."
          : "only the person it belongs to may."
        : `it takes the role ${role}, yours is ${actor.role}.`;
    throw new AppError("forbidden", `You may not ${words}: ${cure}`);
  }
  if (!scopesMay(actor.scopes, action)) {
    const cure =
      scope === null
        ? "it takes a person who is logged in, not an API token."
        : `this API token lacks the scope "${scope}".`;
    throw new AppError("forbidden", `You may not ${words}: ${cure}`);
  }
}

/** Whether there is anything, own or another's, that the actor may do it to. */
export function mayAtAll(
  actor: Pick<Actor, "role" | "scopes">,
  action: Action,
): boolean {
  return may(actor, action) || may(actor, action, { own: false });
}

/** @throws AppError as `assertMay` does. */
export function assertMayAtAll(
  actor: Pick<Actor, "role" | "scopes">,
  action: Action,
): void {
  if (mayAtAll(actor, action)) return;
  assertMay(actor, action, { own: PERMISSIONS[action].own !== null });
}

function roleMay(role: Role, action: Action, own: boolean): boolean {
  const least = PERMISSIONS[action][own ? "own" : "other"];
  return least !== null && ROLES.indexOf(role) >= ROLES.indexOf(least);
}

function scopesMay(scopes: readonly Scope[] | null, action: Action): boolean {
  if (scopes === null) return true;
  const { scope } = PERMISSIONS[action];
  return scope !== null && scopes.includes(scope);
}
