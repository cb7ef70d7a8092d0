import { labelDatabase } from "#lib/db/index";
import { createLabel, editLabel } from "#lib/labels/index";

/*
 * Writes labels until it is killed, and says on stdout which are written:
 * `<id> <version> <text>`. argv: database file, name of this writer.
 */
const [file = "", name = ""] = process.argv.slice(2);
const desk = { db: labelDatabase(file), now: () => new Date() };
const say = (label: { id: number; version: number; text: string }) =>
  process.stdout.write(`${label.id} ${label.version} ${label.text}\n`);

function write(i: number): void {
  const text = `${name}-${i}`;
  const author = name;
  const label = createLabel(desk, { saeHash: "a", feature: i, text, author });
  say(label);
  say(
    editLabel(desk, label.id, { text: `${text}-edited`, author, version: 1 }),
  );
  // Lets stdout drain: only what was printed counts as acknowledged.
  setImmediate(() => write(i + 1));
}
write(0);
