/**
 * The rules of labelling that decide what a feature is called: pure functions,
 * in words in docs/labels.md. Open to all folders: the database applies them
 * to every event, the pages explain them.
 */

export const FEATURE_STATES = [
  "unlabelled",
  "proposed",
  "accepted",
  "disputed",
  "uninterpretable",
] as const;
export type FeatureState = (typeof FEATURE_STATES)[number];

/** Net votes from which people settle a matter without a maintainer. */
export const NET_VOTES_TO_SETTLE = 2;

/** A label that is not deleted, and what people said of its present text. */
export interface Candidate {
  id: number;
  up: number;
  down: number;
  /** A maintainer decided for it. */
  decided: boolean;
}

/** Who says that the feature means nothing: a candidate without a text. */
export interface UninterpretableFlags {
  people: number;
  /** A maintainer is among them. */
  decided: boolean;
}

export interface Verdict {
  state: FeatureState;
  /** The one accepted label. */
  accepted: number | null;
  /** What lists show: the accepted label, else the best; ties: the newest. */
  shown: number | null;
}

/**
 * What a feature is called, by everything people said about it:
 *
 * 1. A maintainer's decision for a label: accepted.
 * 2. A maintainer's flag "uninterpretable": uninterpretable.
 * 3. By votes: the candidate with at least two net votes and strictly more
 *    than any other; a flag "uninterpretable" is a vote for no label.
 * 4. Disputed: several candidates have net votes, or one has votes both ways.
 * 5. Proposed if there is a label, else unlabelled.
 */
export function verdict(
  labels: readonly Candidate[],
  flags: UninterpretableFlags,
): Verdict {
  const best = bestLabel(labels);
  const decided = labels.find((label) => label.decided);
  if (decided) {
    return { state: "accepted", accepted: decided.id, shown: decided.id };
  }
  const open = { accepted: null, shown: best?.id ?? null };
  if (flags.decided) return { state: "uninterpretable", ...open };

  const nets = [...labels.map(net), flags.people];
  const most = Math.max(...nets);
  const settled =
    most >= NET_VOTES_TO_SETTLE && nets.filter((n) => n === most).length === 1;
  if (settled && flags.people === most) {
    return { state: "uninterpretable", ...open };
  }
  if (settled && best) {
    return { state: "accepted", accepted: best.id, shown: best.id };
  }
  const supported = nets.filter((n) => n > 0).length;
  const split = labels.some((label) => label.up > 0 && label.down > 0);
  if (labels.length > 0 && (supported > 1 || split)) {
    return { state: "disputed", ...open };
  }
  return { state: labels.length > 0 ? "proposed" : "unlabelled", ...open };
}

/** The label with most net votes; among equals the newest. */
function bestLabel(labels: readonly Candidate[]): Candidate | undefined {
  let best: Candidate | undefined;
  for (const label of labels) {
    if (!best || net(label) > net(best)) best = label;
    else if (net(label) === net(best) && label.id > best.id) best = label;
  }
  return best;
}

const net = ({ up, down }: Candidate) => up - down;
