import {
  PEOPLE_COUNTED,
  type FeatureStates,
  type IndexReader,
} from "#lib/db/index";
import { hashOf, spread, type QueueOrder } from "#lib/queue-rules";

/** Features labelled last whose neighbours come first. */
const LABELLED_LAST = 200;
/** Random orders held at once. */
const RANDOM_KEPT = 8;
/** More features than any SAE has; 2³² times it is a whole number to floats. */
const MAX_FEATURES = 2 ** 21;
/** The largest that `disagreement` can be. */
const MOST_DISAGREEMENT = 2 * PEOPLE_COUNTED + 1;

/** The orders of one index that never change, made at first use. */
class Ranks {
  private readonly made = new Map<string, Uint32Array>();
  private readonly near = new Map<
    number,
    { feature: number; cosine: number }[]
  >();

  constructor(private readonly reader: IndexReader) {}

  get frequency(): Uint32Array {
    const { counts } = this.reader.usage;
    return this.once("frequency", () => this.byScore((f) => counts[f]!));
  }

  /** Density times the square of the mean activation: ‖W_dec‖ is 1. */
  get importance(): Uint32Array {
    const { counts, means } = this.reader.usage;
    return this.once("importance", () =>
      this.byScore((f) => counts[f]! * means[f]! ** 2),
    );
  }

  random(seed: number): Uint32Array {
    const name = `random ${seed}`;
    const random = this.once(name, () => {
      const hash = hashOf(name);
      const keys = Float64Array.from(
        this.live,
        (f) => spread(hash, f) * 2 ** 32 * MAX_FEATURES + f,
      ).sort();
      return Uint32Array.from(keys, (key) => key % MAX_FEATURES);
    });
    const randoms = [...this.made.keys()].filter((k) => k.startsWith("random"));
    if (randoms.length > RANDOM_KEPT) this.made.delete(randoms[0]!);
    return random;
  }

  neighbours(feature: number): { feature: number; cosine: number }[] {
    let near = this.near.get(feature);
    if (!near) {
      near = this.reader.neighbours(feature);
      this.near.set(feature, near);
      if (this.near.size > 4 * LABELLED_LAST) {
        this.near.delete(this.near.keys().next().value!);
      }
    }
    return near;
  }

  private get live(): Uint32Array {
    const { counts } = this.reader.usage;
    return this.once("live", () =>
      Uint32Array.from(counts.keys()).filter((f) => counts[f]! > 0),
    );
  }

  /** The largest first, among equals by number. */
  private byScore(score: (feature: number) => number): Uint32Array {
    const scores = new Float64Array(this.reader.manifest.dSae);
    for (const f of this.live) scores[f] = score(f);
    return this.live.slice().sort((a, b) => scores[b]! - scores[a]! || a - b);
  }

  private once(name: string, make: () => Uint32Array): Uint32Array {
    let made = this.made.get(name);
    if (!made) this.made.set(name, (made = make()));
    return made;
  }
}

const ranks = new WeakMap<IndexReader, Ranks>();

/** Live features in an order; some may come twice. */
export function* inOrder(
  reader: IndexReader,
  states: FeatureStates,
  order: QueueOrder,
  seed: number,
): Generator<number> {
  let known = ranks.get(reader);
  if (!known) ranks.set(reader, (known = new Ranks(reader)));
  switch (order) {
    case "frequency":
      break;
    case "importance":
      yield* known.importance;
      return;
    case "random":
      yield* known.random(seed);
      return;
    case "neighbours":
      yield* nearLabelled(reader, states, known);
      break;
    case "disagreement":
      yield* disagreed(states, known.frequency);
      return;
  }
  yield* known.frequency;
}

/** Unlabelled neighbours of features labelled last, the nearest first. */
function nearLabelled(
  reader: IndexReader,
  states: FeatureStates,
  known: Ranks,
): number[] {
  const { counts } = reader.usage;
  const cosines = new Map<number, number>();
  for (const labelled of states.labelledLast(LABELLED_LAST)) {
    for (const { feature, cosine } of known.neighbours(labelled)) {
      if (counts[feature] === 0 || states.at(feature).answers > 0) continue;
      cosines.set(feature, Math.max(cosine, cosines.get(feature) ?? -1));
    }
  }
  return [...cosines]
    .sort(([a, x], [b, y]) => y - x || a - b)
    .map(([feature]) => feature);
}

/**
 * Those of which people say different things come first, among equals the more
 * frequent. Counted into their places at every request: comparing so many with
 * each other would take longer than all the rest of it.
 */
function disagreed(states: FeatureStates, frequency: Uint32Array): Uint32Array {
  const { length } = frequency;
  const scores = new Uint16Array(length);
  const begins = new Uint32Array(MOST_DISAGREEMENT + 1);
  for (let i = 0; i < length; i++) {
    const score = disagreement(states, frequency[i]!);
    scores[i] = score;
    begins[score]!++;
  }
  // From how many have a score to where they begin.
  let before = 0;
  for (let score = MOST_DISAGREEMENT; score >= 0; score--) {
    const many = begins[score]!;
    begins[score] = before;
    before += many;
  }
  const order = new Uint32Array(length);
  for (let i = 0; i < length; i++) order[begins[scores[i]!]!++] = frequency[i]!;
  return order;
}

/** Disputed ones before all others, by more people first; 0: of one mind. */
function disagreement(states: FeatureStates, feature: number): number {
  const authors = states.authors(feature);
  if (states.at(feature).state === "disputed") {
    return PEOPLE_COUNTED + 1 + authors;
  }
  return authors > 1 ? authors : 0;
}
