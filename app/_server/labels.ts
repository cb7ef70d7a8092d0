import type { z } from "zod";
import type {
  Label,
  LabelDiff,
  LabelHistory,
  newLabelSchema,
  votePageSchema,
} from "#lib/contract/index";
import {
  featureState,
  labelsOfFeature,
  labelVotes,
  movesOfLabels,
  recentLabels,
  votesOf,
  type LabelRevisionRow,
  type LabelRow,
  type MoveRow,
} from "#lib/db/index";
import { AppError } from "#lib/errors";
import {
  acceptLabel,
  createLabel,
  deleteLabel,
  editLabel,
  labelHistory,
  labelOf,
  restoreLabel,
  revertLabel,
  textDiff,
  voteOnLabel,
  type LabelDesk,
  type LabelEdit,
  type Vote,
} from "#lib/labels/index";
import type { Actor } from "#lib/policy";
import { assertSeen, hiddenFrom, seenBy } from "./blind";
import { labels, placeOf, readerOf } from "./databases";
import { deskOf, type Asked } from "./label-desk";
import { peopleOf } from "./people-names";
import { saeIdOf } from "./saes-by-hash";

/** Labels of a feature, newest first. */
export function featureLabels(
  saeId: string,
  feature: number,
  viewer: Actor,
): Label[] {
  const place = placeOf(saeId, feature);
  const rows = labelsOfFeature(labels(), place.saeHash, feature);
  return present(
    seenBy(viewer, place, rows, (row) => row.author),
    viewer,
  );
}

/** Labels of an SAE written or changed last, newest first. */
export function latestLabels(
  saeId: string,
  limit: number,
  viewer: Actor,
): Label[] {
  const { saeHash } = readerOf(saeId).manifest;
  const hides = hiddenFrom(viewer, saeHash);
  const rows = recentLabels(labels(), saeHash, limit).filter(
    (row) => row.author === viewer.id || !hides(row.feature),
  );
  return present(rows, viewer);
}

export function addLabel(
  asked: Asked,
  saeId: string,
  feature: number,
  contents: z.output<typeof newLabelSchema>,
): Label {
  const place = placeOf(saeId, feature);
  return write(asked, (desk) => createLabel(desk, place, contents));
}

export const changeLabel = (asked: Asked, id: number, edit: LabelEdit) =>
  rewrite(asked, id, (desk) => editLabel(desk, id, edit));

export const takeLabelBack = (
  asked: Asked,
  id: number,
  by: { version: number; to: number },
) => rewrite(asked, id, (desk) => revertLabel(desk, id, by));

interface By {
  version: number;
}

export const removeLabel = (asked: Asked, id: number, by: By) =>
  rewrite(asked, id, (desk) => deleteLabel(desk, id, by));

export const bringLabelBack = (asked: Asked, id: number, by: By) =>
  rewrite(asked, id, (desk) => restoreLabel(desk, id, by));

export const vote = (asked: Asked, id: number, cast: Vote) =>
  rewrite(asked, id, (desk) => voteOnLabel(desk, id, cast));

export const decideOnLabel = (
  asked: Asked,
  id: number,
  decision: { accepted: boolean; version: number },
) => rewrite(asked, id, (desk) => acceptLabel(desk, id, decision));

/** Does something to a label that one may see. */
function rewrite(
  asked: Asked,
  id: number,
  work: (desk: LabelDesk) => LabelRow,
): Label {
  assertSeen(asked.actor, "label", labelOf({ db: labels() }, id));
  return write(asked, work);
}

/** Does it; a conflict's details hold the label as it is shown. */
function write(asked: Asked, work: (desk: LabelDesk) => LabelRow): Label {
  try {
    return present([work(deskOf(asked))], asked.actor)[0]!;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "conflict") throw error;
    const details = error.details as { label?: LabelRow } | undefined;
    if (!details?.label) throw error;
    const [label] = present([details.label], asked.actor);
    throw new AppError("conflict", error.message, { details: { label } });
  }
}

export function getLabelHistory(id: number, viewer: Actor): LabelHistory {
  const { label, revisions } = seenHistory(id, viewer);
  return {
    label: present([label], viewer)[0]!,
    revisions: presentRevisions(revisions),
  };
}

/** @throws AppError "not_found" for a version the label never had. */
export function diffLabel(
  id: number,
  viewer: Actor,
  versions: { from: number; to: number },
): LabelDiff {
  const { revisions } = seenHistory(id, viewer);
  const shown = presentRevisions(revisions);
  const version = (number: number) => {
    const found = shown.find((revision) => revision.version === number);
    if (found) return found;
    throw new AppError("not_found", `This label has no version ${number}.`);
  };
  const [from, to] = [version(versions.from), version(versions.to)];
  return {
    from,
    to,
    text: textDiff(from.text, to.text),
    note: textDiff(from.note ?? "", to.note ?? ""),
  };
}

/** @throws AppError "not_found", also for what the viewer must not see yet. */
function seenHistory(id: number, viewer: Actor) {
  const history = labelHistory({ db: labels() }, id);
  assertSeen(viewer, "label", history.label);
  return history;
}

/** Who voted for a label. */
export function votesFor(
  id: number,
  viewer: Actor,
  query: { cursor?: string | undefined; limit: number },
): z.output<typeof votePageSchema> {
  assertSeen(viewer, "label", labelOf({ db: labels() }, id));
  const rows = labelVotes(labels(), id, query.cursor ?? "", query.limit + 1);
  const shown = rows.slice(0, query.limit);
  const person = peopleOf(shown.map((row) => row.person));
  return {
    votes: shown.map((row) => ({ ...row, person: person(row.person) })),
    nextCursor: rows.length > query.limit ? shown.at(-1)!.person : null,
  };
}

/** Labels as they cross HTTP, with the viewer's own votes. */
export function present(rows: readonly LabelRow[], viewer: Actor): Label[] {
  // So it is with most features: there is nothing to look up.
  if (rows.length === 0) return [];
  const person = peopleOf(
    rows.flatMap((row) => [row.author, row.editor, row.acceptedBy]),
  );
  const votes = votesOf(
    labels(),
    rows.map((row) => row.id),
    viewer.id,
  );
  const accepted = acceptedAmong(rows);
  const origins = new Map(
    movesOfLabels(
      labels(),
      rows.map((row) => row.id),
    ).map((move) => [move.labelId, move]),
  );
  return rows.map((row) => ({
    id: row.id,
    feature: row.feature,
    text: row.text,
    note: row.note,
    confidence: row.confidence,
    tags: row.tags,
    author: person(row.author),
    editor: person(row.editor),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    version: row.version,
    deleted: row.deletedAt !== null,
    up: row.up,
    down: row.down,
    myVote: votes.get(row.id) ?? 0,
    accepted: accepted.has(row.id),
    acceptedBy: row.acceptedBy === null ? null : person(row.acceptedBy),
    ...originOf(origins.get(row.id)),
  }));
}

/** Where a label was taken over from, if it was. */
function originOf(move: MoveRow | undefined): Pick<Label, "origin"> {
  if (!move) return {};
  const { saeHash, feature } = labelOf({ db: labels() }, move.originLabel);
  const { cosine } = move;
  return { origin: { sae: saeIdOf(saeHash), feature, cosine } };
}

/** The accepted labels of the features these labels are of. */
function acceptedAmong(rows: readonly LabelRow[]): Set<number> {
  const places = new Map(
    rows.map((row) => [`${row.saeHash} ${row.feature}`, row]),
  );
  const accepted = new Set<number>();
  for (const { saeHash, feature } of places.values()) {
    const { acceptedLabel } = featureState(labels(), saeHash, feature);
    if (acceptedLabel !== null) accepted.add(acceptedLabel);
  }
  return accepted;
}

function presentRevisions(
  rows: readonly LabelRevisionRow[],
): LabelHistory["revisions"] {
  const person = peopleOf(rows.map((row) => row.author));
  return rows.map((row) => ({
    version: row.version,
    text: row.text,
    note: row.note,
    confidence: row.confidence,
    tags: row.tags,
    author: person(row.author),
    at: row.at,
    kind: row.kind,
  }));
}
