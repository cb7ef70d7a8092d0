import {
  existsSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { decode, encode } from "gpt-tokenizer/encoding/r50k_base";
import { describe, expect, it, vi } from "vitest";
import { BOS, locate, loadCorpus, type CorpusOptions } from "#lib/corpus/index";
import { readCache, writeCache } from "../../lib/corpus/cache";
import { temporaryFolder } from "./folder";

const tokenize = (text: string) => Uint16Array.from(encode(text));

const textOf = (i: number) =>
  `Number ${String(i)} ${"is a number as any other. ".repeat(1 + (i % 9))}`;

/** Short documents on the lines of a .jsonl file. */
function writeSource(folder: string, count = 200): string {
  const file = join(folder, "small.jsonl");
  const lines = Array.from({ length: count }, (_, i) =>
    JSON.stringify({ title: `Document ${String(i)}`, text: textOf(i) }),
  );
  writeFileSync(file, lines.join("\n"));
  return file;
}

function options(folder = temporaryFolder()): CorpusOptions {
  return {
    source: writeSource(folder),
    contextSize: 16,
    heldOutFraction: 0.1,
    seed: 0,
    tokenize,
    cacheDir: join(folder, "cache"),
  };
}

describe("loading a corpus", () => {
  it("gives sequences whose tokens are found again in their documents", async () => {
    const corpus = await loadCorpus(options());
    for (const part of [corpus.train, corpus.heldOut]) {
      expect(part.sequences).toBeGreaterThan(5);
      for (let s = 0; s < part.sequences; s++) {
        const place = locate(part, s, 1);
        if (place === undefined) continue;
        const number = /\d+/.exec(place.document.title)![0];
        const whole = tokenize(textOf(Number(number)));
        expect(part.tokens[s * 16 + 1]).toBe(whole[place.offset]);
        expect(place.document.source).toBe(
          `small.jsonl, line ${String(Number(number) + 1)}`,
        );
      }
    }
    const names = ({ documents }: typeof corpus.train) =>
      documents.map(({ title }) => title);
    const heldOut = new Set(names(corpus.heldOut));
    expect(names(corpus.train).filter((t) => heldOut.has(t))).toEqual([]);
  });

  it("is the same again from the cache, without tokenising", async () => {
    const given = options();
    const first = await loadCorpus(given);
    const spy = vi.fn(tokenize);
    const second = await loadCorpus({ ...given, tokenize: spy });
    expect(second).toEqual(first);
    expect(spy).toHaveBeenCalledTimes(1); // to tell the tokeniser by
    expect(second.train.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it("is made anew when seed, tokeniser or source change", async () => {
    const given = options();
    const first = await loadCorpus(given);
    const reseeded = await loadCorpus({ ...given, seed: 1 });
    expect(reseeded.train.hash).not.toBe(first.train.hash);

    const shifted = await loadCorpus({
      ...given,
      tokenize: (text) => tokenize(text).map((id) => id + 1),
    });
    expect(shifted.train.tokens[1]).toBe(first.train.tokens[1]! + 1);

    writeFileSync(
      given.source,
      readFileSync(given.source, "utf8").slice(0, -3) + '!"}',
    );
    const edited = await loadCorpus(given);
    expect(edited.train.sequences).toBeGreaterThan(0);
    expect([edited.train.hash, edited.heldOut.hash]).not.toEqual([
      first.train.hash,
      first.heldOut.hash,
    ]);
  });

  it("rebuilds a cache that is cut short, altered or empty", async () => {
    const given = options();
    const first = await loadCorpus(given);
    const names = readdirSync(given.cacheDir);
    expect(names).toHaveLength(1);
    const file = join(given.cacheDir, names[0]!);
    const good = readFileSync(file);
    const altered = Buffer.from(good);
    altered[good.length - 100]! ^= 1;
    const endlessHeader = Buffer.from(good);
    endlessHeader.writeUInt32LE(0xffffffff, 8);
    for (const bad of [
      good.subarray(0, good.length - 1),
      good.subarray(0, 5),
      Buffer.alloc(0),
      altered,
      endlessHeader,
    ]) {
      writeFileSync(file, bad);
      expect(await readCache(file)).toBeUndefined();
      expect(await loadCorpus(given)).toEqual(first);
      expect(readFileSync(file).equals(good)).toBe(true);
    }
  });

  it("keeps to the number of tokens asked for", async () => {
    const { train, heldOut } = await loadCorpus({
      ...options(),
      maxTokens: 1000,
    });
    const kept = train.tokens.length + heldOut.tokens.length;
    expect(kept).toBeGreaterThan(900);
    expect(kept).toBeLessThan(1150); // BOS come on top
  });

  it("stops when it is told to", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "long.txt");
    writeFileSync(file, "A line of text that goes on.\n".repeat(40_000));
    const controller = new AbortController();
    const onProgress = vi.fn(() => {
      controller.abort();
    });
    await expect(
      loadCorpus({
        ...options(folder),
        source: file,
        onProgress,
        signal: controller.signal,
      }),
    ).rejects.toThrow("aborted");
    expect(onProgress).toHaveBeenCalledTimes(1);
  });

  it("reads a data set of the hub by its name, but no missing file", async () => {
    const given = options();
    const fetchDataset = vi.fn(() => Promise.resolve(dirname(given.source)));
    const { train } = await loadCorpus({
      ...given,
      source: "sailors/logbooks",
      fetchDataset,
    });
    expect(train.name).toBe("sailors/logbooks");
    expect(train.sequences).toBeGreaterThan(5);
    expect(fetchDataset).toHaveBeenCalledWith("sailors/logbooks");
    for (const source of ["texts/novel.txt", "./a/b", "defualt", "/a/b"]) {
      await expect(
        loadCorpus({ ...given, source, fetchDataset }),
      ).rejects.toThrow(`There is no corpus "${source}"`);
    }
    expect(fetchDataset).toHaveBeenCalledTimes(1);
  });

  it("tokenises the bundled corpus whole, and its text comes back", async () => {
    const { train, heldOut } = await loadCorpus({
      ...options(),
      source: "default",
      contextSize: 128,
      heldOutFraction: 0.05,
    });
    const tokens = train.tokens.length + heldOut.tokens.length;
    expect(tokens).toBeGreaterThan(5e6);
    expect(heldOut.tokens.length / tokens).toBeGreaterThan(0.03);
    expect(heldOut.tokens.length / tokens).toBeLessThan(0.07);

    const title = "Moby Dick, chapter 1: Loomings";
    const part = [train, heldOut].find(({ documents }) =>
      documents.some((document) => document.title === title),
    )!;
    const ids = part.segments
      .filter(({ document }) => part.documents[document]!.title === title)
      .flatMap(({ sequence, start }) => {
        const row = part.tokens.subarray(sequence * 128, (sequence + 1) * 128);
        const end = row.indexOf(BOS, start);
        return [...row.subarray(start, end < 0 ? undefined : end)];
      });
    const text = decode(ids);
    expect(text).toMatch(
      /^Call me Ishmael\. Some years ago—never mind how long/,
    );
    expect(text).toMatch(/hooded phantom, like a snow hill in the air\.\s*$/);
  });
});

describe("a corpus that cannot be", () => {
  function textFile(contents: string): CorpusOptions {
    const folder = temporaryFolder();
    const source = join(folder, "text.txt");
    writeFileSync(source, contents);
    return { ...options(folder), source };
  }

  it("loaded is named", async () => {
    await expect(
      loadCorpus({ ...options(), source: "wikipedia-large" }),
    ).rejects.toThrow(
      'There is no corpus "wikipedia-large"; give "default", a',
    );
  });

  it("used because it is empty is refused, and nothing is cached", async () => {
    const given = textFile("\n  \n");
    await expect(loadCorpus(given)).rejects.toThrow(
      "The corpus text.txt holds no text.",
    );
    expect(existsSync(given.cacheDir)).toBe(false);
  });

  it("split because it is too small is refused", async () => {
    await expect(loadCorpus(textFile("A few words only."))).rejects.toThrow(
      "The corpus text.txt is too small: its 5 tokens in 1 document do not fill one sequence of 16 tokens to train on and one to hold out.",
    );
  });

  it("but needs no second document when nothing is held out", async () => {
    const { train, heldOut } = await loadCorpus({
      ...textFile("One two three. ".repeat(20)),
      heldOutFraction: 0,
    });
    expect(train.sequences).toBeGreaterThan(1);
    expect(heldOut.sequences).toBe(0);
  });

  it.each([
    [{ contextSize: 1 }, "A sequence must have at least 2 tokens, not 1."],
    [
      { heldOutFraction: 1 },
      "The share held out must be at least 0 and below 1, not 1.",
    ],
    [
      { maxTokens: 0.5 },
      "The number of tokens must be a whole number of at least 1, not 0.5.",
    ],
  ])("made with %j is refused", async (wrong, message) => {
    await expect(loadCorpus({ ...options(), ...wrong })).rejects.toThrow(
      message,
    );
  });

  // /dev/full fails every write as a full disk does.
  it.runIf(existsSync("/dev/full"))(
    "cached for want of space says so",
    async () => {
      const folder = temporaryFolder();
      const corpus = await loadCorpus(options(folder));
      const file = join(folder, "full.tokens");
      symlinkSync("/dev/full", `${file}.tmp`);
      await expect(writeCache(file, corpus)).rejects.toThrow(
        `The disk is full: the tokens of the corpus (${file}) could not be written`,
      );
      expect(readdirSync(folder).sort()).toEqual(["cache", "small.jsonl"]);
    },
  );
});
