import { createHash } from "node:crypto";
import { mkdir, open, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  halfTable,
  LARGEST_HALF,
  readSafetensorsHeader,
  toHalf,
  writeSafetensors,
} from "#lib/compute/index";
import { AppError, systemErrorCode } from "#lib/errors";
import type { ActivationSource } from "#lib/sae/index";

const SUFFIX = ".safetensors";
/** Says what the cache is of; rewritten, and so dated, whenever it is opened. */
const ABOUT = "about.txt";
/** About this many bytes go into one shard. */
const SHARD_BYTES = 64 << 20;

/** Where a sequence's rows lie. */
interface Place {
  file: string;
  /** Bytes from the start of the file. */
  offset: number;
}

/**
 * Activations on disk, in float16: a folder of shards, each a safetensors file
 * with the rows of some sequences. A shard appears whole or not at all and is
 * named after what it holds, so a run that is killed, and two runs at once,
 * leave nothing half written. What cannot be read any more counts as missing.
 */
export class ActivationCache {
  private readonly places = new Map<number, Place>();
  private bytes = 0;
  private full = false;

  private constructor(
    private readonly folder: string,
    private readonly source: Pick<ActivationSource, "dIn" | "rowsOf">,
    private readonly maxBytes: number,
    /** Caches of other sources, the one used last first. */
    private readonly others: { path: string; bytes: number }[],
  ) {}

  /**
   * @param root a folder with a sub-folder for every source that was cached.
   * @param maxBytes what all of them together may take; to make room, those
   *   that were used longest ago are removed.
   */
  static async open(
    root: string,
    source: Pick<ActivationSource, "dIn" | "rowsOf" | "fingerprint">,
    maxBytes: number,
  ): Promise<ActivationCache> {
    const name = digest(source.fingerprint);
    const folder = join(root, name);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, ABOUT), `${source.fingerprint}\n`);
    const others = await otherCaches(root, name);
    const cache = new ActivationCache(folder, source, maxBytes, others);
    for (const file of (await readdir(folder)).sort()) {
      if (file.endsWith(SUFFIX)) await cache.enter(join(folder, file));
    }
    return cache;
  }

  has(sequence: number): boolean {
    return this.places.has(sequence);
  }

  /** Sequences held. */
  get size(): number {
    return this.places.size;
  }

  /**
   * Writes the rows of these sequences, one after another, to `out`.
   *
   * @returns false if one of them is not there (any more): `out` is undefined.
   */
  async read(sequences: Uint32Array, out: Float32Array): Promise<boolean> {
    const { dIn, rowsOf } = this.source;
    const table = halfTable();
    const byFile = new Map<string, { place: Place; to: number; n: number }[]>();
    let to = 0;
    for (const sequence of sequences) {
      const place = this.places.get(sequence);
      if (place === undefined) return false;
      const n = rowsOf(sequence) * dIn;
      const reads = byFile.get(place.file) ?? [];
      reads.push({ place, to, n });
      byFile.set(place.file, reads);
      to += n;
    }
    for (const [file, reads] of byFile) {
      const halves = new Uint16Array(Math.max(...reads.map((r) => r.n)));
      const bytes = new Uint8Array(halves.buffer);
      try {
        const handle = await open(file, "r");
        try {
          for (const { place, to, n } of reads) {
            const part = bytes.subarray(0, n * 2);
            const { bytesRead } = await handle.read({
              buffer: part,
              position: place.offset,
            });
            if (bytesRead < part.length) return this.forget(file);
            for (let i = 0; i < n; i++) out[to + i] = table[halves[i]!]!;
          }
        } finally {
          await handle.close();
        }
      } catch (error) {
        if (systemErrorCode(error) === undefined) throw error;
        return this.forget(file);
      }
    }
    return true;
  }

  /**
   * Rounds the rows of these sequences to float16, in place, and keeps them if
   * there is room.
   *
   * @throws AppError("invalid") for a number too large for float16.
   */
  async write(sequences: Uint32Array, rows: Float32Array): Promise<void> {
    const { dIn, rowsOf } = this.source;
    const table = halfTable();
    const halves = new Uint16Array(rows.length);
    const largest = toHalf(rows, halves);
    if (!(largest <= LARGEST_HALF)) {
      throw new AppError(
        "invalid",
        `An activation of ${largest.toPrecision(3)} does not fit in the cache's float16: run with --cache-gb 0.`,
      );
    }
    for (let i = 0; i < rows.length; i++) rows[i] = table[halves[i]!]!;

    let from = 0;
    for (let first = 0; first < sequences.length;) {
      let end = first;
      let length = 0;
      while (end < sequences.length && length * 2 < SHARD_BYTES) {
        length += rowsOf(sequences[end++]!) * dIn;
      }
      await this.writeShard(
        sequences.subarray(first, end),
        halves.subarray(from, from + length),
      );
      first = end;
      from += length;
    }
  }

  private async writeShard(
    sequences: Uint32Array,
    halves: Uint16Array,
  ): Promise<void> {
    if (this.full || !(await this.makeRoom(halves.byteLength))) {
      this.full = true;
      return;
    }
    const { dIn } = this.source;
    const list = sequences.join(" ");
    const file = join(this.folder, `${digest(list)}${SUFFIX}`);
    try {
      await writeSafetensors(
        file,
        { rows: { data: halves, shape: [halves.length / dIn, dIn] } },
        { sequences: list },
      );
    } catch (error) {
      // A full disk costs the next epoch time, not this run its life.
      if (systemErrorCode(error) === undefined) throw error;
      this.full = true;
      return;
    }
    await this.enter(file);
  }

  /** Notes what a shard holds; removes one that is damaged or not of this kind. */
  private async enter(file: string): Promise<void> {
    const { dIn, rowsOf } = this.source;
    try {
      const header = await readSafetensorsHeader(file);
      const rows = header.tensors.rows;
      const sequences = (header.metadata.sequences ?? "")
        .split(" ")
        .map(Number);
      const total = sequences.reduce((sum, s) => sum + rowsOf(s), 0);
      if (rows?.dtype !== "F16" || rows.shape.join() !== `${total},${dIn}`) {
        throw new AppError("invalid", `${file} is not a shard of this cache.`);
      }
      let offset = header.dataStart + rows.data_offsets[0];
      for (const sequence of sequences) {
        this.places.set(sequence, { file, offset });
        offset += rowsOf(sequence) * dIn * 2;
      }
      this.bytes += rows.data_offsets[1] - rows.data_offsets[0];
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      await rm(file, { force: true });
    }
  }

  /** Removes other caches, the one used longest ago first, while it helps. */
  private async makeRoom(bytes: number): Promise<boolean> {
    if (this.bytes + bytes > this.maxBytes) return false;
    const total = () =>
      this.others.reduce((sum, o) => sum + o.bytes, this.bytes + bytes);
    while (total() > this.maxBytes) {
      await rm(this.others.pop()!.path, { recursive: true, force: true });
    }
    return true;
  }

  private forget(file: string): false {
    for (const [sequence, place] of this.places) {
      if (place.file === file) this.places.delete(sequence);
    }
    return false;
  }
}

/** The caches of other sources, the one used last first. */
async function otherCaches(
  root: string,
  own: string,
): Promise<{ path: string; bytes: number }[]> {
  const found = [];
  for (const entry of await readdir(root, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name === own) continue;
    const path = join(root, entry.name);
    let bytes = 0;
    let used = 0;
    for (const file of await readdir(path)) {
      const { size, mtimeMs } = await stat(join(path, file));
      bytes += size;
      if (file === ABOUT) used = mtimeMs;
    }
    found.push({ path, bytes, used });
  }
  return found.sort((a, b) => b.used - a.used);
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
