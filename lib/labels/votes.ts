import { voteOf, type LabelRow } from "#lib/db/index";
import { assertMay } from "#lib/policy";
import { commitAt, type LabelDesk } from "./desk";
import { labelOf, placeOf, presentLabel } from "./labels";

export interface Vote {
  /** For, against, or neither: an earlier vote is withdrawn. */
  value: 1 | -1 | 0;
  /** The version that was voted on. */
  version: number;
}

/**
 * Votes for or against a label's text; one vote a person.
 *
 * @throws AppError "forbidden" for one's own label; "conflict" when the text
 *   is another one by now (the label as it stands is in `details`).
 */
export function voteOnLabel(
  desk: LabelDesk,
  id: number,
  { value, version }: Vote,
): LabelRow {
  const kind = value === 0 ? "vote.withdrawn" : "vote.set";
  const about = value === 0 ? { kind, label: id } : { kind, label: id, value };
  commitAt(desk, about, (append) => {
    const label = presentLabel(desk, id, version);
    assertMay(desk.actor, "label.vote", {
      own: label.author === desk.actor.id,
    });
    if (voteOf(desk.db, id, desk.actor.id) === value) return;
    const place = placeOf(label);
    if (value === 0) {
      append({ kind: "vote.withdrawn", ...place, payload: { label: id } });
    } else {
      append({ kind: "vote.set", ...place, payload: { label: id, value } });
    }
  });
  return labelOf(desk, id);
}

/**
 * A maintainer decides that this is what the feature is called, or takes the
 * decision back. @throws AppError as `voteOnLabel` does.
 */
export function acceptLabel(
  desk: LabelDesk,
  id: number,
  { accepted, version }: { accepted: boolean; version: number },
): LabelRow {
  const kind = accepted ? "label.accepted" : "label.unaccepted";
  commitAt(desk, { kind, label: id }, (append) => {
    assertMay(desk.actor, "label.accept");
    const label = presentLabel(desk, id, version);
    if ((label.acceptedBy !== null) === accepted) return;
    append({ kind, ...placeOf(label), payload: { label: id } });
  });
  return labelOf(desk, id);
}
