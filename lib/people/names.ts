import { AppError } from "#lib/errors";
import { skeleton } from "./look-alikes";

/** A name in all its forms. */
export interface Name {
  /** As it is shown. */
  name: string;
  /** With case folded: what a person logs in as. */
  nameKey: string;
  /** What it looks like: see `skeleton`. */
  nameSkeleton: string;
}

export const MAX_NAME = 60;

/** Names that would seem to speak for the program or for everybody. */
const RESERVED = new Set(
  "admin administrator all anonymous channel deleted everybody everyone here maintainer moderator monolex nobody root somebody support system you"
    .split(" ")
    .flatMap((word) => [skeleton(word), skeleton(word.toUpperCase())]),
);

/**
 * Scripts in common use today, and those written side by side (Unicode's
 * "highly restrictive" level): a name keeps to one line of this list.
 */
const SCRIPTS = [
  "Latin",
  "Greek",
  "Cyrillic",
  "Armenian",
  "Hebrew",
  "Arabic",
  "Thaana",
  "Devanagari",
  "Bengali",
  "Gurmukhi",
  "Gujarati",
  "Oriya",
  "Tamil",
  "Telugu",
  "Kannada",
  "Malayalam",
  "Sinhala",
  "Thai",
  "Lao",
  "Tibetan",
  "Myanmar",
  "Georgian",
  "Ethiopic",
  "Khmer",
  "Latin Han Hiragana Katakana",
  "Latin Han Bopomofo",
  "Latin Han Hangul",
].map((line) => {
  const classes = line.split(" ").map((script) => `\\p{scx=${script}}`);
  return new RegExp(`^[${classes.join("")}\\p{scx=Zyyy}\\p{scx=Zinh}]*$`, "u");
});

/**
 * Checks a name that someone wants to go by.
 *
 * @throws AppError "invalid", saying what is wrong with it.
 */
export function parseName(text: string): Name {
  if (text.length > 4 * MAX_NAME) throw tooLong();
  const name = text.normalize("NFKC").trim().replace(/ +/g, " ");
  if (name === "") throw invalid("The name is empty.");
  if ([...name].length > MAX_NAME) throw tooLong();
  if (/[\p{Default_Ignorable_Code_Point}\p{C}\p{Zl}\p{Zp}]/u.test(name)) {
    throw invalid("The name holds characters that cannot be seen.");
  }
  if (!/^[\p{L}\p{N}]/u.test(name)) {
    throw invalid("The name must begin with a letter or a digit.");
  }
  if (!/^[\p{L}\p{M}\p{N} ._'’·-]*$/u.test(name)) {
    throw invalid(
      "The name may hold letters, digits, spaces, dots, hyphens, underscores and apostrophes only.",
    );
  }
  if (/\p{M}{4}|[ ._'’·-]{3}/u.test(name.normalize("NFKD"))) {
    throw invalid("The name piles up too many marks or signs.");
  }
  if (!SCRIPTS.some((script) => script.test(name))) {
    throw invalid(
      "The name mixes letters of several scripts, so that it could be taken for another; keep to one script.",
    );
  }
  const nameSkeleton = skeleton(name);
  if (RESERVED.has(nameSkeleton)) {
    throw invalid(
      `“${name}” would be taken for Monolex itself; choose another.`,
    );
  }
  return { name, nameKey: nameKey(name), nameSkeleton };
}

/** Case folded, as far as it can be without a table of all languages. */
export function nameKey(name: string): string {
  return name
    .normalize("NFKC")
    .trim()
    .replace(/ +/g, " ")
    .toUpperCase()
    .toLowerCase()
    .normalize("NFKC");
}

function tooLong(): AppError {
  return invalid(`The name is longer than ${MAX_NAME} characters.`);
}

function invalid(message: string): AppError {
  return new AppError("invalid", message);
}
