import { mkdtemp, readdir, rm, stat, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { ActivationCache, cachedSource } from "#lib/activations/index";
import type { ActivationSource } from "#lib/sae/index";

const D = 24;
const ROOM = 1 << 30;
const roots: string[] = [];
async function root(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "monolex-cache-"));
  roots.push(path);
  return path;
}
afterEach(async () => {
  for (const path of roots.splice(0)) await rm(path, { recursive: true });
});

/** A source that notes which sequences it was asked for. */
function counting(name = "a") {
  const asked: number[] = [];
  const source: ActivationSource = {
    dIn: D,
    sequences: 40,
    fingerprint: name,
    rowsOf: (s) => 3 + (s % 4),
    read(sequences, out) {
      let at = 0;
      for (const s of sequences) {
        asked.push(s);
        for (let i = 0; i < (3 + (s % 4)) * D; i++) {
          out[at++] = Math.sin(s * 1000 + i) * 37;
        }
      }
      return Promise.resolve();
    },
  };
  return { source, asked };
}

const ORDER = Uint32Array.of(7, 3, 39, 0, 12, 13, 30, 2);
const rowsIn = (source: ActivationSource, sequences: Uint32Array) =>
  sequences.reduce((sum, s) => sum + source.rowsOf(s), 0);

async function read(source: ActivationSource, sequences = ORDER) {
  const out = new Float32Array(rowsIn(source, sequences) * D);
  await source.read(sequences, out);
  return out;
}

async function shards(path: string): Promise<string[]> {
  const found: string[] = [];
  for (const folder of await readdir(path)) {
    for (const file of await readdir(join(path, folder))) {
      if (file.endsWith(".safetensors")) found.push(join(path, folder, file));
    }
  }
  return found;
}

describe("the activation cache", () => {
  it("gives the same bytes cold, warm and from the disk, within float16 of the source", async () => {
    const path = await root();
    const { source, asked } = counting();
    const open = async () =>
      cachedSource(source, await ActivationCache.open(path, source, ROOM));
    const first = await open();
    const cold = await read(first);
    expect(asked).toEqual([...ORDER]);
    const warm = await read(first);
    const later = await read(await open());
    expect(asked, "nothing is computed twice").toEqual([...ORDER]);
    expect(warm).toEqual(cold);
    expect(later).toEqual(cold);
    const exact = await read(source);
    for (let i = 0; i < exact.length; i++) {
      // Half a unit in the last of 11 bits.
      const allowed = Math.max(Math.abs(exact[i]!) * 2 ** -11, 2 ** -25);
      expect(Math.abs(cold[i]! - exact[i]!)).toBeLessThanOrEqual(allowed);
    }
    expect(cold).not.toEqual(exact);
    expect(first.fingerprint).not.toBe(source.fingerprint);
  });

  it("computes only what is missing, in any order", async () => {
    const path = await root();
    const { source, asked } = counting();
    const cache = await ActivationCache.open(path, source, ROOM);
    const cached = cachedSource(source, cache);
    await read(cached, Uint32Array.of(1, 2, 3));
    asked.length = 0;
    const mixed = Uint32Array.of(9, 3, 1, 8, 20, 2);
    const actual = await read(cached, mixed);
    expect(asked).toEqual([9, 8, 20]);
    const whole = cachedSource(
      source,
      await ActivationCache.open(await root(), source, ROOM),
    );
    expect(actual).toEqual(await read(whole, mixed));
  });

  it("stays within its size, and gives the same bytes without room", async () => {
    const path = await root();
    const { source, asked } = counting();
    const bytes = rowsIn(source, Uint32Array.of(0, 1, 2)) * D * 2;
    const bounded = cachedSource(
      source,
      await ActivationCache.open(path, source, bytes),
    );
    const kept = await read(bounded, Uint32Array.of(0, 1));
    const more = await read(bounded, Uint32Array.of(4, 5, 6, 7));
    let size = 0;
    for (const file of await shards(path)) size += (await stat(file)).size;
    expect(size).toBeLessThan(bytes + 1000);
    asked.length = 0;
    expect(await read(bounded, Uint32Array.of(0, 1))).toEqual(kept);
    expect(asked, "the first are held").toEqual([]);
    expect(await read(bounded, Uint32Array.of(4, 5, 6, 7))).toEqual(more);
    expect(asked, "the others are not").toEqual([4, 5, 6, 7]);
  });

  it("computes again what was cut off or removed", async () => {
    const path = await root();
    const { source, asked } = counting();
    const cache = await ActivationCache.open(path, source, ROOM);
    const cached = cachedSource(source, cache);
    const intact = await read(cached);
    const [file] = await shards(path);
    await truncate(file!, (await stat(file!)).size - 10);
    asked.length = 0;
    expect(await read(cached), "while it is open").toEqual(intact);
    expect(asked.length).toBeGreaterThan(0);
    await truncate(file!, 20);
    const again = cachedSource(
      source,
      await ActivationCache.open(path, source, ROOM),
    );
    expect(await read(again), "when it is opened").toEqual(intact);
    await rm(file!);
    expect(await read(again), "when it is gone").toEqual(intact);
  });

  it("makes room by removing what was used longest ago, and no other", async () => {
    const path = await root();
    const names = ["a", "b", "c"];
    for (const name of names) {
      const { source } = counting(name);
      const cache = await ActivationCache.open(path, source, ROOM);
      await read(cachedSource(source, cache));
    }
    const one = (await stat((await shards(path))[0]!)).size;
    const { source: b } = counting("b");
    await ActivationCache.open(path, b, ROOM);
    const { source } = counting("d");
    const tight = await ActivationCache.open(path, source, 2.9 * one);
    expect((await readdir(path)).length, "nothing is removed early").toBe(4);
    await read(cachedSource(source, tight));
    expect((await readdir(path)).length, "b and d").toBe(2);
    const held = await ActivationCache.open(path, b, ROOM);
    expect(held.size).toBe(ORDER.length);
  });

  it("refuses what float16 cannot hold", async () => {
    const { source } = counting();
    const huge: ActivationSource = {
      ...source,
      read(_sequences, out) {
        out.fill(70_000);
        return Promise.resolve();
      },
    };
    const cache = await ActivationCache.open(await root(), huge, ROOM);
    await expect(read(cachedSource(huge, cache))).rejects.toThrow(
      "An activation of 7.00e+4 does not fit in the cache's float16: run with --cache-gb 0.",
    );
  });
});
