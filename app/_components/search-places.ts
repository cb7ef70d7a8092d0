import type { SearchGroup, SearchPlace } from "#lib/contract/index";

interface PlaceWords {
  /** On the tab, and over the group. */
  name: string;
  explained: string;
}

/** Where bare words are looked for, as the tabs and groups say it. */
export const PLACES: Record<SearchPlace, PlaceWords> = {
  label: {
    name: "Labels",
    explained: "what people called them; words may go on",
  },
  about: {
    name: "Meaning",
    explained:
      "what people called them means something near, by WordNet: synonyms, kinds, parts",
  },
  near: {
    name: "Text",
    explained: "the text round their strongest firings holds these words",
  },
  token: {
    name: "Tokens",
    explained: "they fire on this token, most typical first",
  },
  promotes: {
    name: "Logits",
    explained: "they raise the logit of this token most",
  },
  text: {
    name: "Your text",
    explained: "they fire when the model reads these words",
  },
};

/** What a group is called. */
export function groupName({ in: place, q }: SearchGroup): string {
  switch (place) {
    case "filter":
      return "Features";
    case "feature":
      return "By number";
    case "like":
      return `Similar to #${q.replace(/\D/g, "")}`;
    case "label":
    case "about":
    case "near":
    case "token":
    case "promotes":
    case "text":
      return PLACES[place].name;
  }
}

/** 12 → "12 features"; "20,000+" where more may match. */
export function countText({
  total,
  capped,
}: Pick<SearchGroup, "total" | "capped">): string {
  const count = `${total.toLocaleString("en")}${capped ? "+" : ""}`;
  return `${count} ${total === 1 && !capped ? "feature" : "features"}`;
}
