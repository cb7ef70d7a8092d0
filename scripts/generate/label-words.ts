/** What generated labels are made of. */
export const LABEL_WORDS = [
  ...["names", "words", "numbers", "dates", "verbs", "nouns", "endings"],
  ...["beginnings", "quotations", "brackets", "commas", "plurals", "places"],
  ...["people", "countries", "rivers", "ships", "whales", "weather", "war"],
  ...["peace", "law", "money", "taxes", "trade", "treaties", "presidents"],
  ...["congress", "animals", "plants", "chemistry", "medicine", "music"],
  ...["colours", "months", "ages", "family", "food", "houses", "doubt"],
  ...["anger", "praise", "negation", "comparison", "after", "before", "in"],
  ...["definitions", "examples", "old", "legal", "scientific", "religious"],
];
