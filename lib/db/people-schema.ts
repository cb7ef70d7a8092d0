import { sql } from "drizzle-orm";
import { index, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { ROLES } from "#lib/policy";

/**
 * People and how they are known, in the label database. The authentication
 * library reads and writes `people`, `sessions` and `credentials` under its
 * own property names (userId, accountId, providerId, ipAddress …). Times are
 * ISO 8601, UTC.
 */
export const people = sqliteTable(
  "people",
  {
    id: text("id").primaryKey(),
    /** As it is shown. */
    name: text("name").notNull(),
    /** The name with case folded: what a person logs in as. */
    nameKey: text("name_key").notNull().unique(),
    /** Alike for names that look alike: nobody can pass as another. */
    nameSkeleton: text("name_skeleton").notNull().unique(),
    role: text("role", { enum: ROLES }).notNull(),
    createdAt: text("created_at").notNull(),
    updatedAt: text("updated_at").notNull(),
    /** Since when the account is closed: no log-in, no token. */
    disabledAt: text("disabled_at"),
    /**
     * Since when this is a name only: somebody wrote under it before there were
     * accounts, or in an import. An invitation lets its person take it over.
     */
    placeholderAt: text("placeholder_at"),
  },
  (table) => [index("people_by_name").on(table.name, table.id)],
);

/** One who is logged in, on one device. The cookie holds the signed token. */
export const sessions = sqliteTable(
  "sessions",
  {
    id: text("id").primaryKey(),
    userId: text("person_id")
      .notNull()
      .references(() => people.id),
    token: text("token").notNull().unique(),
    createdAt: text("created_at").notNull(),
    updatedAt: text("updated_at").notNull(),
    expiresAt: text("expires_at").notNull(),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
  },
  (table) => [index("sessions_by_person").on(table.userId)],
);

/** A person's password, hashed with scrypt and a salt of its own. */
export const credentials = sqliteTable("credentials", {
  id: text("id").primaryKey(),
  userId: text("person_id")
    .notNull()
    .unique()
    .references(() => people.id),
  accountId: text("account_id").notNull(),
  providerId: text("provider_id").notNull(),
  password: text("password").notNull(),
  createdAt: text("created_at").notNull(),
  updatedAt: text("updated_at").notNull(),
});

/**
 * Links that let one person in, once. Only the hash of what the link says is
 * kept: who reads the database cannot use one.
 */
export const invitations = sqliteTable(
  "invitations",
  {
    id: text("id").primaryKey(),
    /** SHA-256, hexadecimal. */
    tokenHash: text("token_hash").notNull().unique(),
    role: text("role", { enum: ROLES }).notNull(),
    /** Set when the link gives an existing person a (new) password. */
    personId: text("person_id").references(() => people.id),
    createdBy: text("created_by").references(() => people.id),
    createdAt: text("created_at").notNull(),
    expiresAt: text("expires_at").notNull(),
    usedAt: text("used_at"),
    usedBy: text("used_by").references(() => people.id),
    revokedAt: text("revoked_at"),
  },
  (table) => [
    index("invitations_open")
      .on(table.createdAt)
      .where(sql`used_at IS NULL AND revoked_at IS NULL`),
  ],
);

/** What programs log in with. Only the token's hash is kept. */
export const apiTokens = sqliteTable(
  "api_tokens",
  {
    id: text("id").primaryKey(),
    personId: text("person_id")
      .notNull()
      .references(() => people.id),
    name: text("name").notNull(),
    /** SHA-256, hexadecimal, of 32 random bytes. */
    tokenHash: text("token_hash").notNull().unique(),
    /** Separated by spaces. */
    scopes: text("scopes").notNull(),
    createdAt: text("created_at").notNull(),
    lastUsedAt: text("last_used_at"),
    expiresAt: text("expires_at"),
    revokedAt: text("revoked_at"),
  },
  (table) => [index("api_tokens_by_person").on(table.personId)],
);
