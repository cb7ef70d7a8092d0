import type { Role, Scope } from "#lib/policy";

/** What a role is for, in a few words. */
export const ROLE_WORDS: Record<Role, string> = {
  viewer: "viewer: reads",
  labeller: "labeller: labels, votes, comments",
  maintainer: "maintainer: also decides, and changes others’ labels",
  admin: "admin: also invites people",
};

/** Completes "You may …". */
export const ROLE_MAY: Record<Role, string> = {
  viewer: "look at everything",
  labeller: "label, vote and comment",
  maintainer: "label, decide on labels, and change those of others",
  admin: "do everything, invite people too",
};

/** What a token with this scope may do, as far as its person may. */
export const SCOPE_WORDS: Record<Scope, string> = {
  read: "Read everything, export labels",
  label: "Label, vote, flag, work on the queue",
  discuss: "Comment",
  collect: "Keep lists and bookmarks",
  maintain: "Decide on labels, import, assign",
  admin: "Invite people, change roles, back up",
};
