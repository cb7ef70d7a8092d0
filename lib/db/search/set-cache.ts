import type { FeatureSet } from "./feature-set";

/** Features held in all: 8 bytes each. */
const CAPACITY = 1 << 20;

/**
 * The sets that were asked for last. One who types asks for the same words
 * again and again: with another filter, in another order, for the next page.
 */
export class SetCache {
  private readonly sets = new Map<string, FeatureSet>();
  private held = 0;

  constructor(private readonly capacity = CAPACITY) {}

  get(name: string, make: () => FeatureSet): FeatureSet {
    const known = this.sets.get(name);
    if (known !== undefined) {
      // Last in order is last in use.
      this.sets.delete(name);
      this.sets.set(name, known);
      return known;
    }
    const set = make();
    this.sets.set(name, set);
    this.held += size(set);
    for (const [oldest, old] of this.sets) {
      if (this.held <= this.capacity) break;
      this.sets.delete(oldest);
      this.held -= size(old);
    }
    return set;
  }
}

/** An empty set takes room as well. */
const size = ({ features }: FeatureSet): number => features.length + 64;
