import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { settingsTable } from "#lib/config";

/** Prettier pads the cells of a table. */
const unpadded = (text: string) =>
  text.replace(/ +/g, " ").replace(/-{3,}/g, "---");

describe.runIf(existsSync("README.md"))("the README", () => {
  it("lists the settings as lib/config.ts has them", () => {
    const readme = readFileSync("README.md", "utf8");
    expect(unpadded(readme)).toContain(unpadded(settingsTable()));
  });
});
