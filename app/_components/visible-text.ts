import type { Token } from "#lib/contract/index";

/** Characters that would move or hide what stands around them. */
const INVISIBLE =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/**
 * A token's text as it is drawn: line breaks and tabs as marks, control and
 * direction characters as their code points, the rest as it is.
 */
export function visibleText(text: string): string {
  return text
    .replaceAll("\n", "↵")
    .replaceAll("\t", "⇥")
    .replace(
      INVISIBLE,
      (c) => `⟨${c.codePointAt(0)!.toString(16).padStart(4, "0")}⟩`,
    );
}

/** For chips and tables, where a leading space must be seen. */
export function chipText(token: Token): string {
  if (token.text === "") return "·";
  return visibleText(token.text).replace(/^ /, "␣").replace(/ $/, "␣");
}

/** Nothing but marks that have no shape of their own: joiners, selectors, tags. */
const SHAPELESS = /^[\p{Cf}\p{Default_Ignorable_Code_Point}]+$/u;

/** A token that must be seen to be chosen: never empty, never without a shape. */
export function tokenMark(text: string): string {
  if (text === "") return "·";
  if (!SHAPELESS.test(text)) return visibleText(text);
  return Array.from(
    text,
    (c) => `⟨${c.codePointAt(0)!.toString(16).padStart(4, "0")}⟩`,
  ).join("");
}
