import { join } from "node:path";
import { settings } from "#lib/config";
import {
  countLabelledFeatures,
  localPerson,
  openLabelDatabase,
} from "#lib/db/index";
import { createLabel } from "#lib/labels/index";
import { Rng } from "#lib/random";
import { LABEL_WORDS } from "./label-words";

/** A label with nothing but its text. */
const PLAIN = { note: null, confidence: null, tags: [] };

/**
 * Gives so many features of an SAE, spread over all, a label each of two to
 * four words. An SAE that has labels keeps those it has.
 *
 * @returns how many features have a label now.
 */
export function writeLabels(
  saeHash: string,
  features: number,
  count: number,
  seed: number,
): number {
  const db = openLabelDatabase(join(settings().dataDir, "labels.sqlite"));
  try {
    const known = countLabelledFeatures(db, saeHash);
    if (known > 0 || count === 0) return known;
    const rng = Rng.of(seed, 7);
    const chosen = rng.permutation(features).slice(0, count);
    const person = localPerson(db, "You", new Date().toISOString());
    const actor = { ...person, scopes: null };
    const desk = { db, now: () => new Date(), actor };
    db.$client.transaction(() => {
      for (const feature of chosen) {
        const words = Array.from(
          { length: 2 + rng.below(3) },
          () => LABEL_WORDS[rng.below(LABEL_WORDS.length)]!,
        );
        const text = words.join(" ");
        createLabel(desk, { saeHash, feature }, { ...PLAIN, text });
      }
    })();
    return chosen.length;
  } finally {
    db.$client.close();
  }
}
