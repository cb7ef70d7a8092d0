import { labelDatabase } from "#lib/db/index";
import { createLabel, editLabel } from "#lib/labels/index";

/*
 * Writes labels until it is killed, and says on stdout which are written:
 * `<id> <version> <text>`. argv: database file, name of this writer.
 */
const [file = "", name = ""] = process.argv.slice(2);
const desk = {
  db: labelDatabase(file),
  now: () => new Date(),
  actor: { id: name, name, role: "labeller", scopes: null } as const,
};
const say = (label: { id: number; version: number; text: string }) =>
  process.stdout.write(`${label.id} ${label.version} ${label.text}\n`);

function write(i: number): void {
  const text = `${name}-${i}`;
  const place = { saeHash: "a", feature: i };
  const said = { text, note: null, confidence: null, tags: [] };
  const label = createLabel(desk, place, said);
  say(label);
  say(editLabel(desk, label.id, { text: `${text}-edited`, version: 1 }));
  // Lets stdout drain: only what was printed counts as acknowledged.
  setImmediate(() => write(i + 1));
}
write(0);
