import fc from "fast-check";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { csvRow, parseCsvRow } from "#lib/exchange/csv";
import { recordsOf } from "#lib/exchange/records";
import { temporaryFolder } from "#test/db/temporary";

const folder = temporaryFolder();

describe("a CSV row", () => {
  const cell = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom(..."=+-@'\"\t\r\n, a") }),
  );

  test("is read as it was written, whatever is in it", () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (cells) => {
        const row = csvRow(cells);
        expect(parseCsvRow(row.slice(0, -2))).toEqual(cells);
      }),
    );
  });

  test("holds nothing that a spreadsheet would run", () => {
    fc.assert(
      fc.property(cell, (text) => {
        const shown = csvRow([text]).replace(/^"/, "");
        expect(shown).not.toMatch(/^[=+\-@\t]/);
      }),
    );
    expect(csvRow(["=1+1", "@SUM(A1)", -1, true, null, "it's"])).toBe(
      "'=1+1,'@SUM(A1),-1,true,,it's\r\n",
    );
  });

  test.each([
    ['a,"b', "A quotation mark is never closed."],
    ['"a"b,c', "Text follows a closing quotation mark."],
    ['a"b,c', "A quotation mark stands within a cell that is not quoted."],
  ])("%s is refused", (row, message) => {
    expect(() => parseCsvRow(row)).toThrow(message);
  });
});

describe("a file's records", () => {
  const read = async (contents: string | Uint8Array, quoted: boolean) => {
    const file = join(folder, "records");
    writeFileSync(file, contents);
    const found = [];
    for await (const record of recordsOf(file, quoted)) found.push(record);
    return found;
  };

  test("are lines, with the numbers an editor shows", async () => {
    expect(await read("\ufeffone\r\n\n  \nfour\n", false)).toEqual([
      { line: 1, text: "one" },
      { line: 4, text: "four" },
    ]);
  });

  test("go over several lines within quotes", async () => {
    expect(await read('a,"b\r\nc ""d\n"\r\ne,f', true)).toEqual([
      { line: 1, text: 'a,"b\r\nc ""d\n"' },
      { line: 4, text: "e,f" },
    ]);
  });

  test("are left out one by one when they are no text or too long", async () => {
    const contents = Buffer.concat([
      Buffer.from("good\n"),
      Buffer.from([0xff, 0xfe, 0x0a]),
      Buffer.alloc(3 << 20, "x"),
      Buffer.from("\nlast\n"),
    ]);
    expect(await read(contents, false)).toEqual([
      { line: 1, text: "good" },
      { line: 2, problem: "The row is not in UTF-8." },
      { line: 3, problem: "The row is longer than 1 MB." },
      { line: 4, text: "last" },
    ]);
  });

  test("begin anew after a quotation mark that swallows too much", async () => {
    const contents = `a,"${"x\n".repeat(600_000)}b,c\n`;
    const found = await read(contents, true);
    expect(found[0]).toEqual({
      line: 1,
      problem: "The row is longer than 1 MB.",
    });
    expect(found.at(-1)).toMatchObject({ text: "b,c" });
    expect(await read('a\n"b\n', true)).toEqual([
      { line: 1, text: "a" },
      { line: 2, problem: "A quotation mark is never closed." },
    ]);
  });
});
