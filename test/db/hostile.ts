import { tokenize } from "#lib/gpt2/index";
import { packFixture, type FixtureText } from "./fixture-text";

/** Text that a page must show as what it is, and neither run nor obey. */
export const HOSTILE = {
  markup:
    '<script>window.hacked = 1</script><img src=x onerror="window.hacked = 2"><a href="javascript:window.hacked=3">click</a><style>*{display:none}</style>',
  quotes: `" onmouseover="window.hacked=4" ' \` \${7*7} {{7*7}} &lt;b&gt; </textarea></script>`,
  formula: "=cmd|' /C calc'!A0 ; +1+1 ; @SUM(A1:A9) ; -2",
  endoftext: "Not the end: <|endoftext|> and it goes on.",
  controls:
    "bell \u0007 null \u0000 escape \u001b[31mred\u001b[0m next \u0085 line \u2028 end",
  directions:
    "left \u202egnorw\u202c right \u2067isolated\u2069 mark \u200f and \u061c.",
  rightToLeft: "שלום עולם, זה עברית. مرحبا بالعالم، هذا نص عربي طويل.",
  emoji: "Family 👩‍👩‍👧‍👦, flag 🏳️‍🌈, whale 🐋, skin 👍🏽, keycap 7️⃣.",
  scripts: "漢字かな交じり文 ไทยไม่มีวรรค हिन्दी z̸̢͝a̷l̴g̶o̵ ﷽",
  long: `${"=".repeat(300)} ${"a".repeat(300)} ${"ÃÂ".repeat(120)}`,
  invisible: "soft\u00adhyphen zero\u200bwidth word\u2060joiner \ufeffbom",
  broken: "a lone surrogate \ud83d and then text",
};

/** A corpus of nothing but hostile documents, with hostile titles. */
export function hostileText(sequences = 60, contextSize = 64): FixtureText {
  const texts = Object.entries(HOSTILE);
  return packFixture(sequences, contextSize, (documents) => {
    const id = documents.length;
    const [name, text] = texts[id % texts.length]!;
    documents.push({
      id,
      title: `${name} ${id} <b onclick="window.hacked=5">title</b> \u202e`,
      source: 'hostile "source" <i>',
    });
    return tokenize(`${text}\nand a plain line, ${id}.`);
  });
}
