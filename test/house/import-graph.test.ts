import { readdirSync } from "node:fs";
import { ESLint, Linter } from "eslint";
import { describe, expect, it } from "vitest";

/** What each folder may import of lib, as docs and reviews know it. */
const GRAPH: Record<string, string[]> = {
  "lib/compute": [],
  "lib/contract": ["query"],
  "lib/corpus": ["wordnet"],
  "lib/db": ["query"],
  "lib/gpt2": ["compute", "hub"],
  "lib/hub": [],
  "lib/query": [],
  "lib/wordnet": [],
  "lib/sae": ["compute"],
  "lib/exchange": ["contract", "db", "labels"],
  "lib/labels": ["db"],
  "lib/people": ["db"],
  "lib/activations": ["sae", "compute"],
  "lib/features": ["compute", "corpus", "db", "gpt2", "sae"],
  "lib/lens": ["compute", "gpt2", "sae"],
  app: ["contract", "db", "labels", "query"],
  "app/_components": ["contract", "db", "labels", "query"],
  "app/_server": [
    "contract",
    "db",
    "exchange",
    "gpt2",
    "labels",
    "lens",
    "people",
    "query",
    "sae",
    "wordnet",
  ],
};
const ALL = readdirSync("lib", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const eslint = new ESLint();

/** Whether a file in this folder may have this import. */
async function allows(folder: string, specifier: string): Promise<boolean> {
  const config = (await eslint.calculateConfigForFile(
    `${folder}/example.ts`,
  )) as { rules: Linter.RulesRecord };
  const rule = config.rules["no-restricted-imports"];
  if (rule === undefined) throw new Error(`${folder} has no import rule`);
  const messages = new Linter().verify(`import "${specifier}";`, {
    rules: { "no-restricted-imports": rule },
  });
  return messages.length === 0;
}

describe("the import graph", () => {
  it("knows every folder of lib", () => {
    const known = Object.keys(GRAPH)
      .filter((folder) => folder.startsWith("lib/"))
      .map((folder) => folder.slice("lib/".length));
    expect(known.sort()).toEqual([...ALL].sort());
  });

  it.each(Object.entries(GRAPH))(
    "lets %s import %j only",
    async (folder, of) => {
      const self = folder.replace(/^lib\//, "");
      for (const other of ALL) {
        const expected = other === self || of.includes(other);
        for (const specifier of [`#lib/${other}`, `#lib/${other}/index`]) {
          expect(await allows(folder, specifier), specifier).toBe(expected);
        }
      }
    },
  );

  it.each(Object.keys(GRAPH))(
    "keeps tests and detours out of %s",
    async (folder) => {
      expect(await allows(folder, "#test/tolerance")).toBe(false);
      expect(await allows(folder, "../errors")).toBe(false);
      for (const open of ["#lib/errors", "#lib/config", "./neighbour", "zod"]) {
        expect(await allows(folder, open), open).toBe(true);
      }
    },
  );

  it("keeps the web app out of lib", async () => {
    for (const name of ALL) {
      for (const specifier of ["#app/page", "next", "next/server", "react"]) {
        expect(await allows(`lib/${name}`, specifier), specifier).toBe(false);
      }
    }
  });
});
