import ranks from "gpt-tokenizer/bpeRanks/r50k_base";
import { encode } from "gpt-tokenizer/encoding/r50k_base";

/** <|endoftext|>: GPT-2's only special token, first in every sequence. */
export const BOS = 50_256;
export const VOCABULARY_SIZE = 50_257;

// Text that looks like a special token is text: nothing in a corpus may
// smuggle a BOS in.
const PLAIN = {
  allowedSpecial: new Set<string>(),
  disallowedSpecial: new Set<string>(),
};

/** GPT-2's byte-level BPE; no BOS is added. */
export function tokenize(text: string): Uint16Array {
  return Uint16Array.from(encode(text, PLAIN));
}

const utf8 = new TextEncoder();
const BOS_BYTES = utf8.encode("<|endoftext|>");

/** The bytes a token stands for. */
export function tokenBytes(id: number): Uint8Array {
  if (id === BOS) return BOS_BYTES;
  const bytes = ranks[id];
  if (bytes === undefined) {
    throw new RangeError(`${id} is not a GPT-2 token.`);
  }
  return typeof bytes === "string"
    ? utf8.encode(bytes)
    : Uint8Array.from(bytes);
}

/** The text of a run of tokens; bytes that are not UTF-8 become U+FFFD. */
export function decode(ids: ArrayLike<number>): string {
  let text = "";
  for (let i = 0; i < ids.length; i++) {
    const token = wholeToken(ids[i]!);
    if (token === null) return decodeBytes(ids);
    text += token.text;
  }
  return text;
}

function decodeBytes(ids: ArrayLike<number>): string {
  return new TextDecoder().decode(
    Buffer.concat(Array.from(ids, (id) => tokenBytes(id))),
  );
}

/** A token as a person sees it. */
export interface TokenText {
  readonly id: number;
  readonly text: string;
  readonly partial?: boolean;
}

/** Tokens that are whole characters, made once; null for those that are not. */
const whole: (TokenText | null | undefined)[] = [];
const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function wholeToken(id: number): TokenText | null {
  const known = whole[id];
  if (known !== undefined) return known;
  const bytes = tokenBytes(id);
  try {
    const text = strictUtf8.decode(bytes);
    return (whole[id] = Object.freeze({ id, text }));
  } catch {
    return (whole[id] = null);
  }
}

/**
 * The text of each token of a run. A character whose bytes are split over
 * several tokens is given whole to the token it starts in; the others it
 * touches keep only what else they hold, and all are marked `partial`. Bytes
 * that are no character become U+FFFD, one for each byte.
 */
export function tokenTexts(ids: ArrayLike<number>): TokenText[] {
  const tokens: TokenText[] = [];
  while (tokens.length < ids.length) {
    const at = tokens.length;
    const token = wholeToken(ids[at]!);
    if (token !== null) {
      tokens.push(token);
      continue;
    }
    // A token of whole characters begins none that another one ends.
    const run: number[] = [];
    for (let i = at; i < ids.length && wholeToken(ids[i]!) === null; i++) {
      run.push(ids[i]!);
    }
    tokens.push(...splitTexts(run));
  }
  return tokens;
}

/** `tokenTexts` of tokens none of which is whole characters. */
function splitTexts(ids: readonly number[]): TokenText[] {
  const tokens = ids.map(
    (id): { -readonly [K in keyof TokenText]: TokenText[K] } => ({
      id,
      text: "",
    }),
  );
  const bytes: number[] = [];
  const owner: number[] = [];
  for (let t = 0; t < ids.length; t++) {
    for (const byte of tokenBytes(ids[t]!)) {
      bytes.push(byte);
      owner.push(t);
    }
  }
  for (let at = 0; at < bytes.length;) {
    const length = characterLength(bytes, at);
    const first = tokens[owner[at]!]!;
    first.text +=
      length === 0
        ? "\ufffd"
        : Buffer.from(bytes.slice(at, at + length)).toString("utf8");
    const last = owner[at + Math.max(length, 1) - 1]!;
    if (length === 0 || last !== owner[at]) {
      for (let t = owner[at]!; t <= last; t++) tokens[t]!.partial = true;
    }
    at += Math.max(length, 1);
  }
  return tokens;
}

/** Bytes of the well-formed UTF-8 character at `at`; 0 if there is none. */
function characterLength(bytes: readonly number[], at: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return 1;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  if (length === 0 || lead > 0xf4 || at + length > bytes.length) return 0;
  for (let i = 1; i < length; i++) {
    if ((bytes[at + i]! & 0xc0) !== 0x80) return 0;
  }
  const second = bytes[at + 1]!;
  // Overlong forms, surrogates, and what lies beyond U+10FFFF.
  if (lead === 0xe0 && second < 0xa0) return 0;
  if (lead === 0xed && second > 0x9f) return 0;
  if (lead === 0xf0 && second < 0x90) return 0;
  if (lead === 0xf4 && second > 0x8f) return 0;
  return length;
}
