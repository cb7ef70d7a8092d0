import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { systemErrorCode } from "#lib/errors";
import type { MatchJob } from "./match-jobs";

/*
 * What a server process says of its match to the others, in a file beside the
 * one that is made. It holds only while the process lives.
 */

export function writeNote(file: string, job: MatchJob): void {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${noteOf(file)}.${process.pid}`;
  writeFileSync(temporary, JSON.stringify({ pid: process.pid, job }));
  renameSync(temporary, noteOf(file));
}

export function removeNote(file: string): void {
  rmSync(noteOf(file), { force: true });
}

/** What another process says of this file's match; undefined when nothing. */
export function readNote(file: string): MatchJob | undefined {
  try {
    const { pid, job } = JSON.parse(readFileSync(noteOf(file), "utf8")) as {
      pid: number;
      job: MatchJob;
    };
    return lives(pid) ? job : undefined;
  } catch {
    // Usually there is none.
    return undefined;
  }
}

const noteOf = (file: string) => `${file}.job`;

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process is one too.
    return systemErrorCode(error) === "EPERM";
  }
}
