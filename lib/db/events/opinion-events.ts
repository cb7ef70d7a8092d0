import type { Database } from "better-sqlite3";
import { z } from "zod";
import { one, run } from "#lib/db/statement";
import { FLAGS, type Flag } from "#lib/db/tables/opinions";
import { refreshFeature } from "./feature-state";
import { kind, place } from "./kind";
import { countWork } from "./work";

const mark = z.number().int().min(0).max(3).nullable();

export const opinionEvents = {
  "rubric.set": kind(
    z.object({
      confidence: mark,
      activations: mark,
      logits: mark,
      specificity: mark,
      monosemantic: z.boolean().nullable(),
      breaksAt: z.number().int().min(0).nullable(),
    }),
    (db, event) => {
      const { saeHash, feature } = place(event);
      const { confidence, activations, logits, specificity } = event.payload;
      const { monosemantic, breaksAt } = event.payload;
      run(
        db,
        `INSERT OR REPLACE INTO rubrics (sae_hash, feature, person, confidence,
           activations, logits, specificity, monosemantic, breaks_at, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        saeHash,
        feature,
        event.actor,
        confidence,
        activations,
        logits,
        specificity,
        monosemantic === null ? null : Number(monosemantic),
        breaksAt,
        event.at,
      );
      refreshFeature(db, event);
    },
  ),
  "rubric.cleared": kind(z.object({}), (db, event) => {
    const { saeHash, feature } = place(event);
    run(
      db,
      "DELETE FROM rubrics WHERE sae_hash = ? AND feature = ? AND person = ?",
      saeHash,
      feature,
      event.actor,
    );
    refreshFeature(db, event);
  }),
  "flag.set": kind(
    z.object({
      flag: z.enum(FLAGS),
      duplicateOf: z.number().int().nullable(),
      note: z.string().nullable(),
      /** A maintainer's flag decides. */
      decisive: z.boolean(),
    }),
    (db, event) => {
      const { saeHash, feature } = place(event);
      const { flag, duplicateOf, note, decisive } = event.payload;
      takeBack(db, { saeHash, feature, flag, person: event.actor });
      run(
        db,
        `INSERT OR REPLACE INTO flags (sae_hash, feature, flag, person,
           duplicate_of, note, decisive, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        saeHash,
        feature,
        flag,
        event.actor,
        duplicateOf,
        note,
        Number(decisive),
        event.at,
      );
      if (flag === "uninterpretable") {
        countWork(db, { saeHash, person: event.actor, at: event.at }, 1);
      }
      refreshFeature(db, event);
    },
  ),
  "flag.cleared": kind(
    /** Whose flag it was: the actor's own, or one a maintainer takes away. */
    z.object({ flag: z.enum(FLAGS), person: z.string() }),
    (db, event) => {
      takeBack(db, { ...place(event), ...event.payload });
      refreshFeature(db, event);
    },
  ),
};

/** Removes a flag, if it is there; what it counted for as well. */
function takeBack(
  db: Database,
  of: { saeHash: string; feature: number; flag: Flag; person: string },
): void {
  const key = [of.saeHash, of.feature, of.flag, of.person];
  const where = "sae_hash = ? AND feature = ? AND flag = ? AND person = ?";
  const set = one<{ at: string }>(
    db,
    `SELECT at FROM flags WHERE ${where}`,
    ...key,
  );
  if (!set) return;
  run(db, `DELETE FROM flags WHERE ${where}`, ...key);
  if (of.flag === "uninterpretable") countWork(db, { ...of, at: set.at }, -1);
}
