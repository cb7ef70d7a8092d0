import {
  END,
  KEY_BITS_OF_PLACE,
  PLACES,
  RANKS,
  type Cursor,
} from "./posting-cursor";

/** Cursors whose matches are made from several others'. */
abstract class JoinedCursor implements Cursor {
  feature = -1;
  protected readonly found = { keys: new Uint16Array(256), size: 0 };

  abstract seek(feature: number): void;

  keys() {
    return this.found;
  }

  contexts(): number {
    const { keys, size } = this.found;
    let contexts = 0;
    let last = -1;
    for (let i = 0; i < size; i++) {
      const rank = keys[i]! >> KEY_BITS_OF_PLACE;
      if (rank !== last) contexts++;
      last = rank;
    }
    return contexts;
  }

  best(): number {
    return this.found.keys[0]! >> KEY_BITS_OF_PLACE;
  }

  protected push(key: number): void {
    const { found } = this;
    if (found.size === found.keys.length) {
      const longer = new Uint16Array(found.size * 2);
      longer.set(found.keys);
      found.keys = longer;
    }
    found.keys[found.size++] = key;
  }
}

/** Matches of any of several. */
export class UnionCursor implements Cursor {
  feature = -1;
  private count = 0;
  private strongest = 0;
  private read = { keys: new Uint16Array(256), size: 0 };
  private sorted = false;
  /** The last feature that has a context of this rank, and one more. */
  private readonly seen = new Float64Array(RANKS);

  constructor(private readonly parts: readonly Cursor[]) {
    this.seek(0);
  }

  seek(feature: number): void {
    if (this.feature !== -1 && this.feature >= feature) return;
    let first = END;
    for (const part of this.parts) {
      part.seek(feature);
      if (part.feature < first) first = part.feature;
    }
    this.feature = first;
    if (first !== END) this.gather();
  }

  contexts(): number {
    return this.count;
  }

  best(): number {
    return this.strongest;
  }

  keys() {
    if (!this.sorted) this.read.keys.subarray(0, this.read.size).sort();
    this.sorted = true;
    return this.read;
  }

  private gather(): void {
    const { seen, feature } = this;
    this.sorted = false;
    this.count = 0;
    this.strongest = RANKS;
    let size = 0;
    for (const part of this.parts) {
      if (part.feature !== feature) continue;
      const { keys, size: more } = part.keys();
      while (size + more > this.read.keys.length) this.grow();
      const all = this.read.keys;
      for (let i = 0; i < more; i++) {
        const key = keys[i]!;
        all[size++] = key;
        const rank = key >> KEY_BITS_OF_PLACE;
        if (seen[rank] === feature + 1) continue;
        seen[rank] = feature + 1;
        this.count++;
        if (rank < this.strongest) this.strongest = rank;
      }
    }
    this.read.size = size;
  }

  private grow(): void {
    const longer = new Uint16Array(this.read.keys.length * 2);
    longer.set(this.read.keys);
    this.read.keys = longer;
  }
}

/** Terms that follow one another in a context; keys are of the first. */
export class PhraseCursor extends JoinedCursor {
  constructor(private readonly terms: readonly Cursor[]) {
    super();
    this.seek(0);
  }

  seek(feature: number): void {
    if (this.feature !== -1 && this.feature >= feature) return;
    for (let next = feature; ;) {
      next = alignAt(this.terms, next);
      if (next === END || this.match()) {
        this.feature = next;
        return;
      }
      next++;
    }
  }

  /** Keeps those of the first term's keys that each other term follows. */
  private match(): boolean {
    const { found, terms } = this;
    const last = PLACES - terms.length;
    const { keys: starts, size: many } = terms[0]!.keys();
    found.size = 0;
    for (let i = 0; i < many; i++) {
      if ((starts[i]! & (PLACES - 1)) <= last) this.push(starts[i]!);
    }
    for (let t = 1; t < terms.length && found.size > 0; t++) {
      const { keys, size } = terms[t]!.keys();
      const own = found.keys;
      let kept = 0;
      for (let i = 0, at = 0; i < found.size; i++) {
        const wanted = own[i]! + t;
        while (at < size && keys[at]! < wanted) at++;
        if (at < size && keys[at] === wanted) own[kept++] = own[i]!;
      }
      found.size = kept;
    }
    return found.size > 0;
  }
}

/** Contexts in which each of several matches; keys are the contexts'. */
export class TogetherCursor extends JoinedCursor {
  constructor(private readonly parts: readonly Cursor[]) {
    super();
    this.seek(0);
  }

  seek(feature: number): void {
    if (this.feature !== -1 && this.feature >= feature) return;
    for (let next = feature; ;) {
      next = alignAt(this.parts, next);
      if (next === END || this.match()) {
        this.feature = next;
        return;
      }
      next++;
    }
  }

  private match(): boolean {
    const { found, parts } = this;
    found.size = 0;
    const { keys: starts, size: many } = parts[0]!.keys();
    let before = -1;
    for (let i = 0; i < many; i++) {
      const rank = starts[i]! >> KEY_BITS_OF_PLACE;
      if (rank !== before) this.push(rank << KEY_BITS_OF_PLACE);
      before = rank;
    }
    for (let p = 1; p < parts.length && found.size > 0; p++) {
      const { keys, size } = parts[p]!.keys();
      const own = found.keys;
      let kept = 0;
      for (let i = 0, at = 0; i < found.size; i++) {
        const wanted = own[i]!;
        while (at < size && keys[at]! < wanted) at++;
        const here = at < size && (keys[at]! ^ wanted) < PLACES;
        if (here) own[kept++] = wanted;
      }
      found.size = kept;
    }
    return found.size > 0;
  }
}

/** Moves all to the first feature ≥ `feature` that all have, or END. */
function alignAt(parts: readonly Cursor[], feature: number): number {
  let target = feature;
  for (let agreed = 0; agreed < parts.length;) {
    agreed = 0;
    for (const part of parts) {
      part.seek(target);
      if (part.feature === END) return END;
      if (part.feature === target) agreed++;
      else target = part.feature;
    }
  }
  return target;
}
