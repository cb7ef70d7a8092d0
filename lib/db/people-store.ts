import { and, asc, eq, isNotNull, isNull, or, sql } from "drizzle-orm";
import { randomBytes } from "node:crypto";
import type { Role } from "#lib/policy";
import { decodeTextCursor, encodeTextCursor } from "./cursor";
import type { LabelDatabase } from "./label-database";
import { credentials, people } from "./people-schema";

export type PersonRow = typeof people.$inferSelect;

/** The person of the single-user mode. */
export const LOCAL_ID = "local";

export function findPerson(
  db: LabelDatabase,
  id: string,
): PersonRow | undefined {
  return db.select().from(people).where(eq(people.id, id)).get();
}

/** By the name with case folded. */
export function findPersonByKey(
  db: LabelDatabase,
  nameKey: string,
): PersonRow | undefined {
  return db.select().from(people).where(eq(people.nameKey, nameKey)).get();
}

/** The one person of the single-user mode, made with this name at first use. */
export function localPerson(
  db: LabelDatabase,
  name: string,
  at: string,
): PersonRow {
  const known = findPerson(db, LOCAL_ID);
  if (known) return known;
  db.insert(people)
    .values({
      id: LOCAL_ID,
      name,
      // No name of one who can log in holds a colon: it is in nobody's way.
      nameKey: `local:${LOCAL_ID}`,
      nameSkeleton: `local:${LOCAL_ID}`,
      role: "admin",
      createdAt: at,
      updatedAt: at,
    })
    // Another process may have been first.
    .onConflictDoNothing()
    .run();
  return findPerson(db, LOCAL_ID)!;
}

/**
 * The person of exactly this name; if there is none, one known by name only,
 * who wrote elsewhere or before there were accounts and cannot log in.
 */
export function addPlaceholder(
  db: LabelDatabase,
  name: string,
  at: string,
): PersonRow {
  const named = () =>
    db
      .select()
      .from(people)
      .where(eq(people.name, name))
      .orderBy(people.id)
      .limit(1)
      .get();
  const known = named();
  if (known) return known;
  const nameKey = `placeholder:${name}`;
  db.insert(people)
    .values({
      id: newId(),
      name,
      nameKey,
      nameSkeleton: nameKey,
      role: "labeller",
      createdAt: at,
      updatedAt: at,
      placeholderAt: at,
    })
    // Another process may have been first.
    .onConflictDoNothing()
    .run();
  return named()!;
}

/** Everybody known by name only: few, and asked for when a name is chosen. */
export function placeholders(
  db: LabelDatabase,
): Pick<PersonRow, "id" | "name">[] {
  return db
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(isNotNull(people.placeholderAt))
    .all();
}

type Names = Pick<PersonRow, "name" | "nameKey" | "nameSkeleton">;

/** Somebody else who goes by this name, or one that looks like it. */
export function findNamesake(
  db: LabelDatabase,
  { nameKey, nameSkeleton }: Omit<Names, "name">,
  exceptId: string | null,
): PersonRow | undefined {
  return db
    .select()
    .from(people)
    .where(
      and(
        or(eq(people.nameKey, nameKey), eq(people.nameSkeleton, nameSkeleton)),
        exceptId === null ? undefined : sql`${people.id} <> ${exceptId}`,
      ),
    )
    .limit(1)
    .get();
}

/** One who can log in once they have a password. */
export function insertPerson(
  db: LabelDatabase,
  person: Names & { role: Role },
  at: string,
): PersonRow {
  return db
    .insert(people)
    .values({ id: newId(), ...person, createdAt: at, updatedAt: at })
    .returning()
    .get();
}

export function updatePerson(
  db: LabelDatabase,
  id: string,
  change: Partial<
    Names & Pick<PersonRow, "role" | "disabledAt" | "placeholderAt">
  >,
  at: string,
): PersonRow {
  return db
    .update(people)
    .set({ ...change, updatedAt: at })
    .where(eq(people.id, id))
    .returning()
    .get();
}

/** Sets the hash of a person's password. */
export function setCredential(
  db: LabelDatabase,
  personId: string,
  hash: string,
  at: string,
): void {
  db.insert(credentials)
    .values({
      id: newId(),
      userId: personId,
      // What the authentication library calls a name and password.
      accountId: personId,
      providerId: "credential",
      password: hash,
      createdAt: at,
      updatedAt: at,
    })
    .onConflictDoUpdate({
      target: credentials.userId,
      set: { password: hash, updatedAt: at },
    })
    .run();
}

export function hasCredential(db: LabelDatabase, personId: string): boolean {
  return (
    db
      .select({ id: credentials.id })
      .from(credentials)
      .where(eq(credentials.userId, personId))
      .get() !== undefined
  );
}

/** How many could log in as admin. */
export function countAdmins(db: LabelDatabase): number {
  return db
    .select({ count: sql<number>`count(*)` })
    .from(people)
    .innerJoin(credentials, eq(credentials.userId, people.id))
    .where(and(eq(people.role, "admin"), isNull(people.disabledAt)))
    .all()[0]!.count;
}

export interface PeopleQuery {
  /** Those who have an account, or those known by name only. */
  kind: "accounts" | "names";
  limit: number;
  cursor?: string | undefined;
}

/** People by name; `nextCursor` is the cursor of the page after, if there is one. */
export function listPeople(
  db: LabelDatabase,
  { kind, limit, cursor }: PeopleQuery,
): { people: PersonRow[]; nextCursor: string | null } {
  const [name, id] =
    cursor === undefined ? ["", ""] : decodeTextCursor(kind, cursor);
  const rows = db
    .select()
    .from(people)
    .where(
      and(
        sql`(${people.name}, ${people.id}) > (${name}, ${id})`,
        kind === "names"
          ? isNotNull(people.placeholderAt)
          : isNull(people.placeholderAt),
      ),
    )
    .orderBy(asc(people.name), asc(people.id))
    .limit(limit + 1)
    .all();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    people: page,
    nextCursor:
      rows.length > limit && last
        ? encodeTextCursor(kind, [last.name, last.id])
        : null,
  };
}

/** 64 random bits, as the migration gives those who wrote before. */
export function newId(): string {
  return randomBytes(8).toString("hex");
}
