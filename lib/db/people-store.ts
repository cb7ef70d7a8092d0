import { eq } from "drizzle-orm";
import { randomBytes } from "node:crypto";
import type { LabelDatabase } from "./label-database";
import { people } from "./people-schema";

export type PersonRow = typeof people.$inferSelect;

/** The person of the single-user mode. */
const LOCAL_ID = "local";

export function findPerson(
  db: LabelDatabase,
  id: string,
): PersonRow | undefined {
  return db.select().from(people).where(eq(people.id, id)).get();
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

/** 64 random bits, as the migration gives those who wrote before. */
function newId(): string {
  return randomBytes(8).toString("hex");
}
