import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CorpusDocument } from "#lib/corpus/index";
import { bundledSource } from "../../lib/corpus/sources/bundled";
import { findLocalSource } from "../../lib/corpus/sources/local";
import { temporaryFolder } from "./folder";

async function read(path: string, field = "text"): Promise<CorpusDocument[]> {
  const source = await findLocalSource(path, field);
  if (source === undefined) throw new Error(`nothing at ${path}`);
  let bytes = 0;
  const documents: CorpusDocument[] = [];
  for await (const document of source.documents((n) => (bytes += n))) {
    documents.push(document);
  }
  expect(bytes).toBeGreaterThan(0);
  return documents;
}

function write(name: string, contents: string | Uint8Array): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, contents);
  return file;
}

describe("a text file", () => {
  it("is one document when it is short", async () => {
    const file = write("note.txt", "\ufeffZwölf Boxkämpfer 🥊\r\njagen.\r\n");
    expect(await read(file)).toEqual([
      { title: "note.txt", source: file, text: "Zwölf Boxkämpfer 🥊\njagen." },
    ]);
  });

  it("is cut at paragraphs when it is long, and nothing is lost", async () => {
    const paragraph = `${"A sentence of the book. ".repeat(60).trim()}\n\n`;
    const whole = paragraph.repeat(40);
    const parts = await read(write("novel.txt", whole));
    expect(parts.length).toBeGreaterThan(5);
    expect(parts.map(({ text }) => text).join("\n\n")).toBe(whole.trim());
    expect(parts[0]?.title).toMatch(/^novel\.txt, lines 1–\d+$/);
    expect(parts.at(-1)?.title).toMatch(/^novel\.txt, lines \d+–80$/);
  });

  it("is cut at line ends when it has no paragraphs", async () => {
    const parts = await read(
      write("log.txt", "a line of a log\n".repeat(5000)),
    );
    expect(parts.length).toBe(5);
    for (const { text } of parts) expect(text.length).toBeLessThan(16_100);
  });

  it("that is not UTF-8 is refused with line and byte", async () => {
    const latin1 = Buffer.concat([
      Buffer.from("Grüße\nna"),
      Buffer.from([0xef]),
      Buffer.from("ve\n"),
    ]);
    await expect(read(write("old.txt", latin1))).rejects.toThrow(
      "old.txt is not UTF-8 text: line 2 has an invalid byte (byte 10 of the file); convert the file to UTF-8.",
    );
  });

  it("may have characters across the chunks it is read in", async () => {
    // 3 bytes a character: 2¹⁸, the chunk, is no multiple of it.
    const text = `${"語".repeat(100_000)}\n`;
    const [document] = await read(write("long.txt", text));
    expect(document?.text).toBe(text.trim());
  });
});

describe("a JSON Lines file", () => {
  it("gives a document a line, named by its title or its line", async () => {
    const file = write(
      "wiki.jsonl",
      '{"title":"Whale","body":"A whale."}\n\n{"body":"A ship."}\n{"body":" "}\n',
    );
    expect(await read(file, "body")).toEqual([
      { title: "Whale", source: "wiki.jsonl, line 1", text: "A whale." },
      {
        title: "wiki.jsonl, line 3",
        source: "wiki.jsonl, line 3",
        text: "A ship.",
      },
    ]);
  });

  it.each([
    [
      '{"text":"a"}\n{"text":',
      "a.jsonl, line 2 is not valid JSON; each line must be one JSON object.",
    ],
    [
      '["a"]',
      "a.jsonl, line 1 is not a JSON object; each line must be one, with the text in a field.",
    ],
    [
      '{"content":"a","id":1}',
      'a.jsonl, line 1 has no field "text"; name the field that holds the text (it has: content, id).',
    ],
    ['{"text":5}', 'a.jsonl, line 1: field "text" is not a text.'],
  ])("with %j is refused naming the line", async (contents, message) => {
    await expect(read(write("a.jsonl", contents))).rejects.toThrow(message);
  });
});

describe("a Parquet file", () => {
  const fixture = "test/fixtures/texts.parquet";

  it("gives a document a row, across row groups and compression", async () => {
    const documents = await read(fixture);
    expect(documents.map(({ title }) => title)).toEqual([
      "Ishmael",
      "texts.parquet, row 3",
      "Ahab",
    ]);
    expect(documents[0]?.text).toBe("Call me Ishmael — “some years ago”.");
    expect(documents[2]?.source).toBe("texts.parquet, row 5");
  });

  it("without the column is refused naming those it has", async () => {
    await expect(read(fixture, "body")).rejects.toThrow(
      'texts.parquet has no column "body"; name the column that holds the text (it has: id, title, text).',
    );
  });

  it("with numbers in the column is refused", async () => {
    await expect(read(fixture, "id")).rejects.toThrow(
      'texts.parquet, row 1: column "id" does not hold text.',
    );
  });

  it("that is none, or is damaged, is refused", async () => {
    await expect(read(write("a.parquet", "PAR1 or so"))).rejects.toThrow(
      "a.parquet cannot be read as Parquet; it is damaged, cut short or of another format.",
    );
  });
});

describe("a path", () => {
  it("with nothing there is no source", async () => {
    expect(
      await findLocalSource(join(temporaryFolder(), "no.txt"), "text"),
    ).toBeUndefined();
  });

  it("to a folder takes all files of the known kinds, hidden ones aside", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "deep"));
    mkdirSync(join(folder, ".git"));
    writeFileSync(join(folder, "b.txt"), "bravo");
    writeFileSync(join(folder, "deep", "a.jsonl"), '{"text":"alpha"}');
    writeFileSync(join(folder, "image.png"), "no text");
    writeFileSync(join(folder, ".git", "c.txt"), "charlie");
    expect((await read(folder)).map(({ title }) => title)).toEqual([
      "b.txt",
      join("deep", "a.jsonl, line 1"),
    ]);
  });

  it("to a folder without such files is refused", async () => {
    const folder = temporaryFolder();
    await expect(findLocalSource(folder, "text")).rejects.toThrow(
      `The folder ${folder} holds no .txt, .jsonl and .parquet files.`,
    );
  });

  it("to another kind of file is refused", async () => {
    await expect(
      findLocalSource(write("book.pdf", "%PDF"), "text"),
    ).rejects.toThrow(
      "book.pdf is not a kind of file texts can be read from; give .txt, .jsonl and .parquet files.",
    );
  });
});

describe("the bundled corpus", () => {
  it("has addresses, chapters and glosses, titled for readers", async () => {
    const source = await bundledSource();
    const titles: string[] = [];
    let characters = 0;
    let bytes = 0;
    for await (const { title, text } of source.documents((n) => (bytes += n))) {
      titles.push(title);
      characters += text.length;
      expect(text.trim().length, title).toBeGreaterThan(0);
    }
    expect(titles).toContain("State of the Union, 1962, John F. Kennedy");
    expect(titles).toContain("State of the Union, 1897, William McKinley");
    expect(titles).toContain("Moby Dick, chapter 1: Loomings");
    expect(titles).toContain("Moby Dick, epilogue");
    expect(titles).not.toContain("Moby Dick, contents");
    expect(titles.some((t) => /^WordNet noun\.animal: .+ … .+$/.test(t))).toBe(
      true,
    );
    expect(titles.length).toBe(3336);
    expect(characters).toBeGreaterThan(23e6);
    expect(bytes / source.totalBytes).toBeGreaterThan(0.99);
    expect(bytes / source.totalBytes).toBeLessThan(1.01);
  });
});
