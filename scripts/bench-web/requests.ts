import type { SearchPlace } from "#lib/contract/index";
import type { PackedCorpus } from "#lib/corpus/index";
import { BOS, decode } from "#lib/gpt2/index";
import { Rng } from "#lib/random";
import type { WebRequest } from "./clients";
import { LABEL_WORDS } from "../generate/label-words";

/** What is measured, in the order it is measured. */
export const KINDS = [
  "featurePage",
  "featureJson",
  "featureTable",
  "featureTableJson",
  "searchLabel",
  "searchText",
  "searchToken",
  "searchOwnText",
] as const;
export type Kind = (typeof KINDS)[number];

export interface Site {
  /** The index that is asked, and how many features it has. */
  saeId: string;
  features: number;
  /** An SAE that can read text; null when there is none. */
  ownTextSae: string | null;
  /** Text that the features fire on: what people search for occurs in it. */
  corpus: PackedCorpus;
}

const OWN_TEXT_TOKENS = 64;

/** Requests as people make them, drawn from a seed: one stream a kind. */
export function requests(
  site: Site,
  seed: number,
): Record<Kind, () => WebRequest> {
  const page = `/sae/${site.saeId}`;
  const api = `/api/saes/${site.saeId}`;
  const rng = (kind: Kind) => Rng.of(seed, KINDS.indexOf(kind));
  const get = (kind: Kind, path: (rng: Rng) => string) => {
    const own = rng(kind);
    return (): WebRequest => ({ path: path(own) });
  };
  const search = (
    kind: Kind,
    place: SearchPlace,
    words: (rng: Rng) => string,
  ) =>
    get(
      kind,
      (own) =>
        `${api}/search?${new URLSearchParams({ in: place, q: words(own) }).toString()}`,
    );
  const own = rng("searchOwnText");
  return {
    featurePage: get(
      "featurePage",
      (r) => `${page}/feature/${r.below(site.features)}`,
    ),
    featureJson: get(
      "featureJson",
      (r) => `${api}/features/${r.below(site.features)}`,
    ),
    featureTable: get("featureTable", (r) => `${page}?${tableView(r)}`),
    featureTableJson: get(
      "featureTableJson",
      (r) => `${api}/features?${tableView(r)}`,
    ),
    searchLabel: search("searchLabel", "label", (r) => labelWords(r)),
    searchText: search("searchText", "near", (r) => phrase(site.corpus, r)),
    searchToken: search("searchToken", "token", (r) => token(site.corpus, r)),
    searchOwnText: () => ({
      path: `/api/saes/${site.ownTextSae ?? site.saeId}/own-text`,
      body: JSON.stringify({
        text: passage(site.corpus, own, OWN_TEXT_TOKENS),
      }),
    }),
  };
}

const SORTS = ["density", "max", "mean", "skew", "index", "relevance"];
const LABELS = ["", "has:label", "-label", "state:proposed", "state:accepted"];
const STATES = ["", "is:dead", "is:dense", "is:any"];

/** Every sort, order and filter as often as any other; every third with words. */
function tableView(rng: Rng): string {
  const pick = (list: readonly string[]): string =>
    list[rng.below(list.length)]!;
  const parts = [pick(STATES), pick(LABELS)];
  if (rng.below(3) === 0) parts.push(`label:${labelWords(rng).split(" ")[0]!}`);
  if (rng.below(3) === 0) {
    parts.push(`density:>=${(10 ** -(1 + 5 * rng.uniform())).toPrecision(2)}`);
  }
  if (rng.below(3) === 0) {
    parts.push(`density:<=${(10 ** (-4 * rng.uniform())).toPrecision(2)}`);
  }
  parts.push(`sort:${pick(SORTS)}${pick(["", "-asc"])}`);
  const q = parts.filter((part) => part !== "").join(" ");
  return new URLSearchParams({ q }).toString();
}

/** One or two words that labels are made of, the last one begun only. */
function labelWords(rng: Rng): string {
  const pick = () => LABEL_WORDS[rng.below(LABEL_WORDS.length)]!;
  const last = pick();
  const begun = last.slice(0, 2 + rng.below(last.length));
  return rng.below(2) === 0 ? begun : `${pick()} ${begun}`;
}

/** One to three words of the text, a third of them as a phrase. */
function phrase(corpus: PackedCorpus, rng: Rng): string {
  const text = words(corpus, rng, 1 + rng.below(3));
  return rng.below(3) === 0 ? `"${text}"` : text;
}

/** Words that follow one another: common ones come as often as they do. */
function words(corpus: PackedCorpus, rng: Rng, count: number): string {
  for (;;) {
    const found = passage(corpus, rng, 12 + 4 * count).match(/\p{L}+/gu) ?? [];
    // Those at the ends may be cut.
    const whole = found.slice(1, -1);
    if (whole.length < count) continue;
    const from = rng.below(whole.length - count + 1);
    return whole.slice(from, from + count).join(" ");
  }
}

/** A token of letters: common ones come as often as they do. */
function token({ tokens }: PackedCorpus, rng: Rng): string {
  for (;;) {
    const text = decode([tokens[rng.below(tokens.length)]!]).trim();
    if (/^\p{L}+$/u.test(text)) return text;
  }
}

function passage(corpus: PackedCorpus, rng: Rng, length: number): string {
  const { tokens } = corpus;
  const from = rng.below(tokens.length - length);
  return decode(tokens.subarray(from, from + length).filter((t) => t !== BOS));
}
