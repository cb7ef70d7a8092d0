import { and, desc, eq, gt, lte, ne } from "drizzle-orm";
import type { LabelDatabase } from "./label-database";
import { people, sessions } from "./people-schema";
import type { PersonRow } from "./people-store";

export type SessionRow = typeof sessions.$inferSelect;

/** Of one person, still good, the latest first. At most 200 are told. */
export function sessionsOf(
  db: LabelDatabase,
  personId: string,
  now: string,
): SessionRow[] {
  return db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, personId), gt(sessions.expiresAt, now)))
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
    .limit(200)
    .all();
}

/** Whose session this token is, while it is good. */
export function findSession(
  db: LabelDatabase,
  token: string,
  now: string,
): { session: SessionRow; person: PersonRow } | undefined {
  return db
    .select({ session: sessions, person: people })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.userId))
    .where(and(eq(sessions.token, token), gt(sessions.expiresAt, now)))
    .get();
}

/** @returns whether the person had such a session. */
export function deleteSession(
  db: LabelDatabase,
  personId: string,
  id: string,
): boolean {
  const { changes } = db
    .delete(sessions)
    .where(and(eq(sessions.id, id), eq(sessions.userId, personId)))
    .run();
  return changes > 0;
}

/** Ends all of a person's sessions, or all but one. @returns how many. */
export function deleteSessionsOf(
  db: LabelDatabase,
  personId: string,
  exceptId?: string,
): number {
  return db
    .delete(sessions)
    .where(
      and(
        eq(sessions.userId, personId),
        exceptId === undefined ? undefined : ne(sessions.id, exceptId),
      ),
    )
    .run().changes;
}

export function deleteSessionByToken(db: LabelDatabase, token: string): void {
  db.delete(sessions).where(eq(sessions.token, token)).run();
}

export function deleteExpiredSessions(db: LabelDatabase, now: string): void {
  db.delete(sessions).where(lte(sessions.expiresAt, now)).run();
}
