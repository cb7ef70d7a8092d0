export interface CommentPart {
  kind: "plain" | "person" | "feature";
  text: string;
}

/** Cuts a text at "@name" of these people, the longest name first, and "#12". */
export function commentParts(
  text: string,
  names: readonly string[],
): CommentPart[] {
  const escaped = names
    .toSorted((a, b) => b.length - a.length)
    .map((name) => `@${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);
  const pattern = new RegExp(
    [...escaped, "#\\d{1,8}"]
      .map((part) => `(?<![\\p{L}\\p{N}_.&/])${part}(?![\\p{L}\\p{N}_])`)
      .join("|"),
    "gu",
  );
  const parts: CommentPart[] = [];
  let end = 0;
  for (const found of text.matchAll(pattern)) {
    if (found.index > end) {
      parts.push({ kind: "plain", text: text.slice(end, found.index) });
    }
    const kind = found[0].startsWith("#") ? "feature" : "person";
    parts.push({ kind, text: found[0] });
    end = found.index + found[0].length;
  }
  if (end < text.length) parts.push({ kind: "plain", text: text.slice(end) });
  return parts;
}
