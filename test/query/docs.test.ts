import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FIELD_HELP, parseQuery, searchTable } from "#lib/query/index";

/** Prettier pads the cells of a table. */
const unpadded = (text: string) =>
  text.replace(/ +/g, " ").replace(/-{3,}/g, "---");

test("docs/search.md has the table that the help shows", () => {
  const docs = readFileSync("docs/search.md", "utf8");
  expect(unpadded(docs)).toContain(unpadded(searchTable()));
});

test("every example of the help is understood, and its field is meant", () => {
  for (const { name, examples } of FIELD_HELP) {
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      const { clauses, problems } = parseQuery(example);
      expect(problems, example).toEqual([]);
      if (name === undefined) continue;
      expect(clauses.map(({ field }) => field)).toContain(name);
    }
  }
});
