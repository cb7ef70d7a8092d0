import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Package {
  version?: string;
  engines?: { node?: string };
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const read = (file: string) =>
  JSON.parse(readFileSync(file, "utf8")) as unknown;
const manifest = read("package.json") as Package;
const { packages } = read("package-lock.json") as {
  packages: Record<string, Package>;
};

const KINDS = [
  "dependencies",
  "devDependencies",
  "optionalDependencies",
] as const;

describe("the packages", () => {
  it("are pinned to one version each", () => {
    for (const kind of KINDS) {
      for (const [name, version] of Object.entries(manifest[kind] ?? {})) {
        expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
      }
    }
  });

  it("are those of the lock file, or npm ci would refuse", () => {
    for (const kind of KINDS) {
      expect(packages[""]![kind], kind).toEqual(manifest[kind]);
      for (const [name, version] of Object.entries(manifest[kind] ?? {})) {
        expect(packages[`node_modules/${name}`]?.version, name).toBe(version);
      }
    }
  });

  it("have their variants for every system in the lock file", () => {
    // npm install leaves out those a registry does not have, and npm ci then
    // refuses the lock file: they must be put back by hand.
    const missing = Object.entries(packages).flatMap(
      ([path, { optionalDependencies = {} }]) =>
        Object.keys(optionalDependencies).filter(
          (name) => path !== "" && !isLocked(path, name),
        ),
    );
    expect(missing).toEqual([]);
  });
});

/** Whether a package's dependency is found in its folder or one around it. */
function isLocked(from: string, name: string): boolean {
  for (let folder = from; ;) {
    if (packages[`${folder}/node_modules/${name}`] !== undefined) return true;
    const outer = folder.lastIndexOf("/node_modules/");
    if (outer < 0) return packages[`node_modules/${name}`] !== undefined;
    folder = folder.slice(0, outer);
  }
}
