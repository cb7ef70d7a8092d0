import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** Whether this is a git checkout: an unpacked archive cannot be asked. */
export const isCheckout = existsSync(".git");

/** Paths of the tracked files that are there, from the repository's root. */
export function trackedFiles(): string[] {
  return execFileSync("git", ["ls-files", "-z"], { encoding: "utf8" })
    .split("\0")
    .filter((path) => path !== "" && existsSync(path));
}

/** The file's text; undefined for a binary one. */
export function readText(path: string): string | undefined {
  const text = readFileSync(path, "utf8");
  return text.includes("\0") ? undefined : text;
}
