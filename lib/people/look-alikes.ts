/**
 * Letters that look like a Latin one, by that one: those of the scripts that
 * keyboards have. Both cases are listed where they look like different letters.
 */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  // Cyrillic, Greek, Armenian, Hebrew and Arabic, Latin's own oddities.
  a: "аАαΑɑᴀաæ",
  A: "АΑ",
  b: "ЬьвВβΒƅʙ",
  c: "сСϲϹᴄ",
  d: "ԁđᴅ",
  e: "еЕΕεєЄᴇǝəɛ",
  f: "ƒꜰϝϜ",
  g: "ԍԌɡɢց",
  h: "һНнΗհҺħʜ",
  i: "іІιΙıɩɪΐ",
  j: "јЈϳյᴊ",
  k: "кКκΚᴋ",
  l: "ӏӀłʟΙІIוןاǀ",
  m: "мМΜᴍ",
  n: "ηпΝոռɴŋ",
  o: "оОοΟσօՕøᴏסهө",
  p: "рРρΡᴘþ",
  q: "ԛԚգզ",
  r: "гГʀᴦ",
  s: "ѕЅՏꜱ",
  t: "тТτΤŧᴛ",
  u: "υսՍᴜμ",
  v: "ѵѴνᴠʋ",
  w: "ԝԜωɯᴡա",
  x: "хХχΧ",
  y: "уУүҮγΥʏ",
  z: "ζΖᴢ",
  "3": "зЗӡӠ",
  // Katakana and Han, which stand side by side in Japanese.
  口: "ロ",
  二: "ニ",
  工: "エ",
  力: "カ",
  夕: "タ",
  卜: "ト",
  八: "ハ",
  一: "ーㅡ",
  へ: "ヘ",
  り: "リ",
};

const LATIN = new Map(
  Object.entries(LOOK_ALIKES).flatMap(([latin, others]) =>
    [...others].map((other) => [other, latin] as const),
  ),
);

/** Letters and digits that look like several others together. */
const GROUPS: readonly (readonly [RegExp, string])[] = [
  [/æ/g, "ae"],
  [/œ/g, "oe"],
  [/rn/g, "m"],
  [/vv/g, "w"],
  [/0/g, "o"],
  [/1/g, "l"],
];

/**
 * What a name looks like at a glance: accents, spaces and punctuation gone,
 * look-alikes made one. Two names with one skeleton can be taken for each
 * other. (The idea of Unicode's TS 39, with a table of our own.)
 */
export function skeleton(name: string): string {
  const bare = name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^\p{L}\p{M}\p{N}]/gu, "")
    .replace(/\p{Nd}/gu, digit);
  const looks = [...bare].map((letter) => LATIN.get(letter) ?? letter).join("");
  return GROUPS.reduce(
    (text, [group, one]) => text.replace(group, one),
    looks.toLowerCase(),
  );
}

/** Decimal digits of every script stand in blocks of ten, from zero up. */
function digit(character: string): string {
  const code = character.codePointAt(0)!;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) {
    zero--;
  }
  return String(code - zero);
}
