import { z } from "zod";
import { ROLES, SCOPES } from "#lib/policy";

export const roleSchema = z.enum(ROLES, {
  error: `A role is one of ${ROLES.join(", ")}.`,
});

// Names and passwords are judged by lib/people, in words; here only what is
// too long to be looked at.
const givenName = z
  .string("A name is missing.")
  .max(200, "The name is longer than 60 characters.");
const givenPassword = z
  .string("A password is missing.")
  .max(400, "The password is longer than 200 characters.");

const rowId = z.string().regex(/^[0-9a-z]{1,64}$/, "This is no one's number.");
export const rowParams = z.object({
  id: rowId.meta({
    description: "Its number, as the list tells it.",
    examples: ["0f8c2e4a6b7d9135"],
  }),
});

/** Who one is, as the header and the forms need it. */
export const meSchema = z.object({
  person: z
    .object({ id: z.string(), name: z.string(), role: roleSchema })
    .nullable(),
  /** What the API token that was sent is good for; null for a session. */
  scopes: z.array(z.enum(SCOPES)).nullable(),
  /** Nobody logs in: Monolex answers to this machine alone. */
  singleUser: z.boolean(),
});
export type Me = z.infer<typeof meSchema>;

export const logInSchema = z.strictObject({
  name: givenName,
  password: givenPassword,
  /** Keep the session when the browser is closed. */
  remember: z.boolean().default(false),
});

export const renameSchema = z.strictObject({ name: givenName });

export const changePasswordSchema = z.strictObject({
  current: givenPassword,
  next: givenPassword,
});

export const doneSchema = z.object({ done: z.literal(true) });

export const PEOPLE_KINDS = ["accounts", "names"] as const;
const page = {
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};
export const peopleQuerySchema = z.object({
  kind: z.enum(PEOPLE_KINDS).default("accounts"),
  ...page,
});
export type PeopleKind = (typeof PEOPLE_KINDS)[number];

export const listedPersonSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: roleSchema,
  createdAt: z.string(),
  /** active: can log in. name: wrote, but has no account. local: single user. */
  state: z.enum(["active", "disabled", "name", "local"]),
});
export type ListedPerson = z.infer<typeof listedPersonSchema>;

export const peoplePageSchema = z.object({
  people: z.array(listedPersonSchema),
  nextCursor: z.string().nullable(),
});
export type PeoplePage = z.infer<typeof peoplePageSchema>;

export const changePersonSchema = z
  .strictObject({
    role: roleSchema.optional(),
    disabled: z.boolean().optional(),
  })
  .refine(
    ({ role, disabled }) => (role === undefined) !== (disabled === undefined),
    "Send either a role or disabled.",
  );

export const INVITATION_DAYS = 7;
export const newInvitationSchema = z.strictObject({
  role: roleSchema.default("labeller"),
  days: z.number().int().min(1).max(30).default(INVITATION_DAYS),
  /** Somebody known: takes the name over, or gets a new password. */
  personId: rowId.nullable().default(null),
});

export const invitationSchema = z.object({
  id: z.string(),
  role: roleSchema,
  person: z.object({ id: z.string(), name: z.string() }).nullable(),
  createdBy: z.string().nullable(),
  createdAt: z.string(),
  expiresAt: z.string(),
});
export type Invitation = z.infer<typeof invitationSchema>;

export const invitationPageSchema = z.object({
  invitations: z.array(invitationSchema),
  nextCursor: z.string().nullable(),
});
export type InvitationPage = z.infer<typeof invitationPageSchema>;
export const invitationQuerySchema = z.object(page);

/** Told once: only a hash of the link is kept. */
export const madeInvitationSchema = z.object({
  invitation: invitationSchema,
  /** Path of the page that the link opens. */
  path: z.string(),
});

/** What an invitation says to the one who opens it. */
export const welcomeSchema = z.object({
  role: roleSchema,
  expiresAt: z.string(),
  /** Name of whom it is for, where that is somebody known. */
  name: z.string().nullable(),
  /** False where somebody with an account only gets a new password. */
  choosesName: z.boolean(),
});
export type Welcome = z.infer<typeof welcomeSchema>;
export const inviteParams = z.object({
  token: z
    .string()
    .max(200)
    .meta({
      description: "What the link says after /invite/.",
      examples: ["q3Zk0vXn7mT1yB5sJ8rWcE2uHfL6dGpAo4iVtNxKzQY"],
    }),
});
export const acceptInvitationSchema = z.strictObject({
  /** Left out where the invitation is for an account that exists. */
  name: givenName.default(""),
  password: givenPassword,
});

export const sessionSchema = z.object({
  id: z.string(),
  /** The one that asks. */
  current: z.boolean(),
  /** Browser and system, as far as they tell. */
  device: z.string(),
  /** Network address it was begun from. */
  address: z.string().nullable(),
  createdAt: z.string(),
  expiresAt: z.string(),
});
export const sessionListSchema = z.object({ sessions: z.array(sessionSchema) });
export type Session = z.infer<typeof sessionSchema>;

export const newApiTokenSchema = z.strictObject({
  name: z
    .string()
    .trim()
    .normalize()
    .min(1, "Give the token a name, so that you know it again.")
    .max(60, "The name is longer than 60 characters.")
    .regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u, "The name holds control characters."),
  scopes: z
    .array(z.enum(SCOPES))
    .min(1, "Choose at least one thing that the token may do."),
  /** Null: until it is revoked. */
  days: z.number().int().min(1).max(3650).nullable().default(90),
});

export const apiTokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
  expiresAt: z.string().nullable(),
});
export type ApiToken = z.infer<typeof apiTokenSchema>;
export const apiTokenListSchema = z.object({ tokens: z.array(apiTokenSchema) });

/** `secret` is the token itself: told once, only its hash is kept. */
export const madeApiTokenSchema = z.object({
  token: apiTokenSchema,
  secret: z.string(),
});
