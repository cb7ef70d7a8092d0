import type { Rubric } from "#lib/contract/index";

/** The marks from 0 to 3, in words. */
export const MARK_WORDS = ["not at all", "a little", "mostly", "fully"];

export const MARKS = [
  ["confidence", "Confidence", "How sure you are of what it is called"],
  ["activations", "Activations", "How well what it fires on fits together"],
  ["logits", "Logit effects", "How well the tokens it raises fit that"],
  ["specificity", "Specificity", "How much it fires on that alone"],
] as const;
export type Mark = (typeof MARKS)[number][0];

/** Mean of the marks people gave, and how many gave one. */
export function meanMark(
  rubrics: readonly Pick<Rubric, Mark>[],
  mark: Mark,
): { mean: number; people: number } | null {
  const given = rubrics
    .map((rubric) => rubric[mark])
    .filter((value) => value !== null);
  if (given.length === 0) return null;
  const sum = given.reduce((total, value) => total + value, 0);
  return { mean: sum / given.length, people: given.length };
}

/** How many hold it for monosemantic, and how many do not. */
export function monosemanticCounts(
  rubrics: readonly Pick<Rubric, "monosemantic">[],
): { yes: number; no: number } {
  const count = (said: boolean) =>
    rubrics.filter(({ monosemantic }) => monosemantic === said).length;
  return { yes: count(true), no: count(false) };
}

/** "3 people: activations 2.3 of 3, monosemantic 2 yes, 1 no" */
export function rubricSummary(rubrics: readonly Rubric[]): string {
  if (rubrics.length === 0) return "none";
  const people = rubrics.length === 1 ? "1 person" : `${rubrics.length} people`;
  const fit = meanMark(rubrics, "activations");
  const { yes, no } = monosemanticCounts(rubrics);
  const said = [
    fit === null ? null : `activations ${fit.mean.toFixed(1)} of 3`,
    yes + no === 0 ? null : `monosemantic ${yes} yes, ${no} no`,
  ].filter((part) => part !== null);
  return said.length === 0 ? people : `${people}: ${said.join(", ")}`;
}
