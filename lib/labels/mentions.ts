/** Words a name may have, and names looked for in one text. */
const MAX_WORDS = 4;
const MAX_MENTIONS = 20;

/**
 * What may be names after an "@" in a text: its first word, its first two …,
 * with and without punctuation after them. Which of them are people's names is
 * for the database to say.
 */
export function namesMentioned(text: string): string[] {
  const names = new Set<string>();
  const places = [...text.matchAll(/(?<![\p{L}\p{N}_.])@(?=\S)/gu)];
  for (const { index } of places.slice(0, MAX_MENTIONS)) {
    const line = /^[^\n@]*/.exec(text.slice(index + 1))![0];
    const words = line.split(" ", MAX_WORDS);
    for (let count = 1; count <= words.length; count++) {
      const name = words.slice(0, count).join(" ");
      names.add(name);
      names.add(name.replace(/[\p{P}\p{S}]+$/u, ""));
    }
  }
  names.delete("");
  return [...names];
}
