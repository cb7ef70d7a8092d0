import { describe, expect, it } from "vitest";
import { isCheckout, readText, trackedFiles } from "./tracked";

const CODE = /\.(ts|tsx|mjs|css)$/;

describe.runIf(isCheckout)("the tracked files", () => {
  const files = trackedFiles();

  it("are short enough to be read in one go", () => {
    const tooLong = files
      .filter((path) => CODE.test(path))
      .map((path) => ({ path, lines: readText(path)!.split("\n").length }))
      // A test file is a list; a source file is a thought.
      .filter(
        ({ path, lines }) => lines > (path.startsWith("test/") ? 400 : 320),
      );
    expect(tooLong).toEqual([]);
  });

  it("name no folder of the machine they were written on", () => {
    const home = /(?<![\w.:/$}~-])\/(?:work|home|root|Users|mnt)\/\w/;
    const found = files
      .map((path) => ({ path, text: readText(path) }))
      .filter(({ text }) => text !== undefined && home.test(text))
      .map(({ path, text }) => `${path}: ${home.exec(text!)![0]}…`);
    expect(found).toEqual([]);
  });

  it("of lib neither print nor roll dice of their own", () => {
    const found = files
      .filter((path) => path.startsWith("lib/") && CODE.test(path))
      .filter((path) =>
        readText(path)!
          .split("\n")
          .some((line) =>
            /^(?!\s*(\/\/|\*)).*(Math\.random|console\.)/.test(line),
          ),
      );
    expect(found).toEqual([]);
  });
});
