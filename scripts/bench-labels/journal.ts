import { appendFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const WRITES = ["label", "vote", "comment", "edit"] as const;
export type WriteKind = (typeof WRITES)[number];

/** What a person is about to send. */
export interface Intent {
  /** The request's idempotency key. */
  key: string;
  person: string;
  kind: WriteKind;
  method: "POST" | "PUT";
  path: string;
  body: Readonly<Record<string, unknown>>;
  feature: number;
  /** The label voted on or changed. */
  label: number | null;
}

/** What a person's journal says of one write. */
export interface Entry extends Intent {
  /** The number of what was written; null until the server said so. */
  acknowledged: number | null;
  /** The status of a refusal for good. */
  refused: number | null;
}

type Line = { intent: Intent } | { key: string; ok: number } | Refusal;
interface Refusal {
  key: string;
  refused: number;
}

/**
 * A person's own notes, in a file: what is sent, before it is sent; what the
 * server acknowledged, once it did.
 */
export class Journal {
  constructor(private readonly file: string) {}

  intend(intent: Intent): void {
    this.append({ intent });
  }

  acknowledged(key: string, id: number): void {
    this.append({ key, ok: id });
  }

  refused(key: string, status: number): void {
    this.append({ key, refused: status });
  }

  private append(line: Line): void {
    appendFileSync(this.file, `${JSON.stringify(line)}\n`);
  }
}

/** All journals of a folder, by key. */
export function readJournals(folder: string): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const name of readdirSync(folder).sort()) {
    for (const text of readFileSync(join(folder, name), "utf8").split("\n")) {
      if (text === "") continue;
      const line = JSON.parse(text) as Line;
      if ("intent" in line) {
        const { intent } = line;
        entries.set(intent.key, {
          ...intent,
          acknowledged: null,
          refused: null,
        });
        continue;
      }
      const entry = entries.get(line.key)!;
      if ("ok" in line) entry.acknowledged = line.ok;
      else entry.refused = line.refused;
    }
  }
  return entries;
}
