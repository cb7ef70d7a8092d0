import fc from "fast-check";
import { expect, test } from "vitest";
import type { IndexReader } from "#lib/db/index";
import { FEATURE_STATES } from "#lib/label-rules";
import { inOrder } from "#lib/labels/queue-ranks";
import { temporaryFolder } from "#test/db/temporary";
import { newQueue, queueOf } from "./queue-desk";

const folder = temporaryFolder();

/** Disagreement as docs/labels.md has it, by sorting everything. */
function oracle({ states, usage }: IndexReader): number[] {
  const score = (feature: number) => {
    const authors = states.authors(feature);
    if (states.at(feature).state === "disputed") return 1000 + authors;
    return authors > 1 ? authors : 0;
  };
  return [...usage.counts.keys()]
    .filter((feature) => usage.counts[feature]! > 0)
    .sort(
      (a, b) =>
        score(b) - score(a) || usage.counts[b]! - usage.counts[a]! || a - b,
    );
}

test("by disagreement disputed ones come first, then those of most authors, then the more frequent", () => {
  const files = newQueue(folder);
  const { reader } = queueOf(files, files.desk);
  const { saeHash, dSae } = reader.manifest;
  const insert = files.desk.db.$client.prepare(
    `INSERT OR REPLACE INTO feature_states (sae_hash, feature, state,
       label_count, label_authors, answers, comment_count, flag_count, last_seq,
       last_at)
     VALUES (?, ?, ?, 1, ?, 1, 0, 0, ?, '2026')`,
  );
  let seq = 0;
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          state: fc.constantFrom(...FEATURE_STATES),
          // Few, so that many are equal; more than are counted.
          authors: fc.constantFrom(0, 1, 2, 3, 254, 255, 256, 300),
        }),
        { minLength: dSae, maxLength: dSae },
      ),
      (rows) => {
        for (const [feature, { state, authors }] of rows.entries()) {
          insert.run(saeHash, feature, state, authors, ++seq);
        }
        expect([...inOrder(reader, reader.states, "disagreement", 0)]).toEqual(
          oracle(reader),
        );
      },
    ),
    { seed: 7, numRuns: 40 },
  );
});
