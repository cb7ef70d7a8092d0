import { and, desc, eq, gt, isNull, or, sql } from "drizzle-orm";
import type { LabelDatabase } from "./label-database";
import { apiTokens, people } from "./people-schema";
import { newId, type PersonRow } from "./people-store";

export type ApiTokenRow = typeof apiTokens.$inferSelect;

export function insertApiToken(
  db: LabelDatabase,
  token: Pick<
    ApiTokenRow,
    "personId" | "name" | "tokenHash" | "scopes" | "createdAt" | "expiresAt"
  >,
): ApiTokenRow {
  return db
    .insert(apiTokens)
    .values({ id: newId(), ...token })
    .returning()
    .get();
}

const isGood = (now: string) =>
  and(
    isNull(apiTokens.revokedAt),
    or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, now)),
  );

/** Whose token this is, while it is good. */
export function findApiToken(
  db: LabelDatabase,
  tokenHash: string,
  now: string,
): { token: ApiTokenRow; person: PersonRow } | undefined {
  return db
    .select({ token: apiTokens, person: people })
    .from(apiTokens)
    .innerJoin(people, eq(people.id, apiTokens.personId))
    .where(and(eq(apiTokens.tokenHash, tokenHash), isGood(now)))
    .get();
}

/** One person's good tokens, the newest first. At most 200 are told. */
export function apiTokensOf(
  db: LabelDatabase,
  personId: string,
  now: string,
): ApiTokenRow[] {
  return db
    .select()
    .from(apiTokens)
    .where(and(eq(apiTokens.personId, personId), isGood(now)))
    .orderBy(desc(apiTokens.createdAt), desc(apiTokens.id))
    .limit(200)
    .all();
}

export function countApiTokensOf(
  db: LabelDatabase,
  personId: string,
  now: string,
): number {
  return db
    .select({ count: sql<number>`count(*)` })
    .from(apiTokens)
    .where(and(eq(apiTokens.personId, personId), isGood(now)))
    .all()[0]!.count;
}

export function touchApiToken(db: LabelDatabase, id: string, at: string): void {
  db.update(apiTokens)
    .set({ lastUsedAt: at })
    .where(eq(apiTokens.id, id))
    .run();
}

/** @returns whether the person had such a token, good until now. */
export function revokeApiToken(
  db: LabelDatabase,
  personId: string,
  id: string,
  at: string,
): boolean {
  const { changes } = db
    .update(apiTokens)
    .set({ revokedAt: at })
    .where(
      and(
        eq(apiTokens.id, id),
        eq(apiTokens.personId, personId),
        isNull(apiTokens.revokedAt),
      ),
    )
    .run();
  return changes > 0;
}
