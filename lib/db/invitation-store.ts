import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { decodeTextCursor, encodeTextCursor } from "./cursor";
import type { LabelDatabase } from "./label-database";
import { invitations, people } from "./people-schema";
import { newId } from "./people-store";

export type InvitationRow = typeof invitations.$inferSelect;

export function insertInvitation(
  db: LabelDatabase,
  invitation: Pick<
    InvitationRow,
    "tokenHash" | "role" | "personId" | "createdBy" | "createdAt" | "expiresAt"
  >,
): InvitationRow {
  return db
    .insert(invitations)
    .values({ id: newId(), ...invitation })
    .returning()
    .get();
}

const isOpen = (now: string) =>
  and(
    isNull(invitations.usedAt),
    isNull(invitations.revokedAt),
    gt(invitations.expiresAt, now),
  );

/** The invitation of this link, if it can still be used. */
export function findOpenInvitation(
  db: LabelDatabase,
  tokenHash: string,
  now: string,
): InvitationRow | undefined {
  return db
    .select()
    .from(invitations)
    .where(and(eq(invitations.tokenHash, tokenHash), isOpen(now)))
    .get();
}

export function markInvitationUsed(
  db: LabelDatabase,
  id: string,
  by: string,
  at: string,
): void {
  db.update(invitations)
    .set({ usedAt: at, usedBy: by })
    .where(eq(invitations.id, id))
    .run();
}

/** @returns whether it was open until now. */
export function revokeInvitation(
  db: LabelDatabase,
  id: string,
  at: string,
): boolean {
  const { changes } = db
    .update(invitations)
    .set({ revokedAt: at })
    .where(and(eq(invitations.id, id), isOpen(at)))
    .run();
  return changes > 0;
}

/** Closes what other links there are to one person's account. */
export function revokeInvitationsFor(
  db: LabelDatabase,
  personId: string,
  at: string,
): void {
  db.update(invitations)
    .set({ revokedAt: at })
    .where(and(eq(invitations.personId, personId), isOpen(at)))
    .run();
}

export interface OpenInvitation extends InvitationRow {
  /** Name of whom it is for, where it is for somebody known. */
  personName: string | null;
  createdByName: string | null;
}

/** Those that can still be used, in the order they were made. */
export function openInvitations(
  db: LabelDatabase,
  query: { now: string; limit: number; cursor?: string | undefined },
): { invitations: OpenInvitation[]; nextCursor: string | null } {
  const order = "invitations";
  const [at, id] =
    query.cursor === undefined
      ? ["", ""]
      : decodeTextCursor(order, query.cursor);
  const maker = alias(people, "maker");
  const rows = db
    .select({
      invitation: invitations,
      personName: people.name,
      createdByName: maker.name,
    })
    .from(invitations)
    .leftJoin(people, eq(people.id, invitations.personId))
    .leftJoin(maker, eq(maker.id, invitations.createdBy))
    .where(
      and(
        isOpen(query.now),
        sql`(${invitations.createdAt}, ${invitations.id}) > (${at}, ${id})`,
      ),
    )
    .orderBy(asc(invitations.createdAt), asc(invitations.id))
    .limit(query.limit + 1)
    .all()
    .map(({ invitation, ...names }) => ({ ...invitation, ...names }));
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    invitations: page,
    nextCursor:
      rows.length > query.limit && last
        ? encodeTextCursor(order, [last.createdAt, last.id])
        : null,
  };
}
