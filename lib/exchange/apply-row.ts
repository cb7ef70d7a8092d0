import {
  append,
  eventById,
  featureState,
  findFlag,
  findLabel,
  findList,
  findListItem,
  hasAnsweredQuiz,
  hasRubric,
  lastListPosition,
  nextId,
  peopleNamed,
  voteOf,
  type EventKind,
  type LabelDatabase,
  type Payload,
} from "#lib/db/index";
import { AppError } from "#lib/errors";
import { LIST_MAX, namesMentioned, type Place } from "#lib/labels/index";
import type { RowOf, RowType } from "./row";

/** A row with everything about it known. */
export interface Ready<T extends RowType = RowType> {
  row: RowOf<T>;
  id: string;
  /** Null for a list, which is of no one feature. */
  place: Place | null;
  author: string;
  at: string;
  /** Ids of the people a row names besides its author. */
  people: { editor: string; acceptedBy: string | null };
}

export type Outcome = "added" | "already";

/** The kind of event that a row's id belongs to. */
const MADE_BY = {
  label: "label.created",
  vote: "vote.set",
  comment: "comment.posted",
  rubric: "rubric.set",
  flag: "flag.set",
  quiz: "quiz.answered",
  list: "list.created",
  listItem: "list.added",
} as const satisfies Record<RowType, EventKind>;

/**
 * Writes a row as the events that would have made it here, under its own id:
 * the same row a second time changes nothing. What stands here is never
 * changed. Within a transaction.
 *
 * @throws AppError that says why this row cannot be written.
 */
export function applyRow(db: LabelDatabase, ready: Ready): Outcome {
  const known = eventById(db, ready.id);
  if (known) {
    const same =
      known.kind === MADE_BY[ready.row.type] &&
      known.saeHash === (ready.place?.saeHash ?? null) &&
      known.feature === (ready.place?.feature ?? null);
    if (same) return "already";
    throw new AppError(
      "conflict",
      `The id ${ready.id} belongs to something else here.`,
    );
  }
  const writer = new Writer(db, ready);
  const { row } = ready;
  switch (row.type) {
    case "label":
      return label(db, writer, row, ready);
    case "vote":
      return vote(db, writer, row, ready);
    case "comment":
      return comment(db, writer, row, ready);
    case "rubric":
      return rubric(db, writer, row, ready);
    case "flag":
      return flag(db, writer, row, ready);
    case "quiz":
      return quiz(db, writer, row, ready);
    case "list":
      return list(db, writer, row);
    case "listItem":
      return listItem(db, writer, row, ready);
  }
}

class Writer {
  constructor(
    private readonly db: LabelDatabase,
    private readonly ready: Ready,
  ) {}

  /** The row's own event. */
  write<K extends EventKind>(kind: K, payload: Payload<K>): "added" {
    const { author, at } = this.ready;
    return this.then("", kind, payload, author, at);
  }

  /** What came after it: `suffix` makes an id of its own of the row's. */
  then<K extends EventKind>(
    suffix: string,
    kind: K,
    payload: Payload<K>,
    actor: string,
    at: string,
  ): "added" {
    const { id, place } = this.ready;
    const where = place ?? { saeHash: null, feature: null };
    const event = { id: id + suffix, at, actor, kind, ...where, payload };
    append(this.db.$client, event);
    return "added";
  }
}

function label(
  db: LabelDatabase,
  writer: Writer,
  { text, note, confidence, tags, updatedAt }: RowOf<"label">,
  { place, author, at, people: { editor, acceptedBy } }: Ready,
): Outcome {
  const { saeHash, feature } = place!;
  const said = {
    label: nextId(db.$client, "labels"),
    ...{ text, note, confidence, tags },
  };
  writer.write("label.created", said);
  const changedAt = updatedAt ?? at;
  if (editor !== author || changedAt !== at) {
    const edited = { ...said, version: 2, minor: true };
    writer.then(":edit", "label.edited", edited, editor, changedAt);
  }
  if (acceptedBy === null) return "added";
  const { acceptedLabel } = featureState(db, saeHash, feature);
  const decided =
    acceptedLabel !== null && findLabel(db, acceptedLabel)?.acceptedBy != null;
  // A decision made here stands.
  if (decided) return "added";
  const accepted = { label: said.label };
  return writer.then(
    ":accept",
    "label.accepted",
    accepted,
    acceptedBy,
    changedAt,
  );
}

function vote(
  db: LabelDatabase,
  writer: Writer,
  { label: id, value, text }: RowOf<"vote">,
  { place, author }: Ready,
): Outcome {
  const found = findLabel(db, referred(db, place!, "label", id));
  if (!found || found.deletedAt !== null) {
    throw refused("The label it is for was deleted here.");
  }
  if (text !== null && text !== found.text) {
    throw refused("The label it is for says something else here.");
  }
  if (found.author === author) {
    throw refused("Nobody votes on their own label.");
  }
  const own = voteOf(db, found.id, author);
  if (own === value) return "already";
  if (own !== 0) throw refused("This person voted the other way here.");
  return writer.write("vote.set", { label: found.id, value });
}

function comment(
  db: LabelDatabase,
  writer: Writer,
  row: RowOf<"comment">,
  { place, author, at }: Ready,
): Outcome {
  const { text } = row;
  const label =
    row.label === null ? null : referred(db, place!, "label", row.label);
  const parent =
    row.parent === null ? null : referred(db, place!, "comment", row.parent);
  const mentions = peopleNamed(db, namesMentioned(text));
  const number = nextId(db.$client, "comments");
  const posted = { comment: number, label, parent, text, mentions };
  writer.write("comment.posted", posted);
  const changedAt = row.updatedAt ?? at;
  if (row.deleted) {
    const gone = { comment: number, version: 2 };
    return writer.then(":delete", "comment.deleted", gone, author, changedAt);
  }
  if (changedAt === at) return "added";
  const edited = { comment: number, version: 2, text, mentions };
  return writer.then(":edit", "comment.edited", edited, author, changedAt);
}

function rubric(
  db: LabelDatabase,
  writer: Writer,
  row: RowOf<"rubric">,
  { place, author }: Ready,
): Outcome {
  const { saeHash, feature } = place!;
  if (hasRubric(db, saeHash, feature, author)) {
    throw refused("This person has a rubric for this feature here already.");
  }
  const { confidence, activations, logits, specificity } = row;
  const { monosemantic, breaksAt } = row;
  const marks = { confidence, activations, logits, specificity };
  return writer.write("rubric.set", { ...marks, monosemantic, breaksAt });
}

function flag(
  db: LabelDatabase,
  writer: Writer,
  { flag: name, duplicateOf, note, decisive }: RowOf<"flag">,
  { place, author }: Ready,
): Outcome {
  const { saeHash, feature } = place!;
  const known = findFlag(db, saeHash, feature, name, author);
  if (known?.duplicateOf === duplicateOf) return "already";
  if (known) throw refused("This person flagged another duplicate here.");
  const said = { flag: name, duplicateOf, note, decisive };
  return writer.write("flag.set", said);
}

/** An answer to a quiz about what a label says here as well. */
function quiz(
  db: LabelDatabase,
  writer: Writer,
  { label: id, text, contexts }: RowOf<"quiz">,
  { id: quizId, place, author }: Ready,
): Outcome {
  const found = findLabel(db, referred(db, place!, "label", id));
  if (!found || found.deletedAt !== null) {
    throw refused("The label it asked about was deleted here.");
  }
  if (text !== found.text) {
    throw refused("The label it asked about says something else here.");
  }
  if (found.author === author) {
    throw refused("Nobody is asked about their own label.");
  }
  const { id: label, textVersion } = found;
  if (hasAnsweredQuiz(db, label, textVersion, author)) {
    throw refused("This person was asked about this label here already.");
  }
  return writer.write("quiz.answered", {
    ...{ quiz: quizId, label, textVersion, contexts },
  });
}

function list(
  db: LabelDatabase,
  writer: Writer,
  { name, description }: RowOf<"list">,
): Outcome {
  const number = nextId(db.$client, "lists");
  return writer.write("list.created", { list: number, name, description });
}

function listItem(
  db: LabelDatabase,
  writer: Writer,
  { list: id, note }: RowOf<"listItem">,
  { place }: Ready,
): Outcome {
  const { saeHash, feature } = place!;
  const number = referred(db, null, "list", id);
  const held = findList(db, number);
  if (held?.deletedAt !== null) throw refused("Its list was deleted here.");
  if (findListItem(db, number, saeHash, feature)) return "already";
  if (held.itemCount >= LIST_MAX) {
    throw refused(`A list holds at most ${LIST_MAX} features.`);
  }
  const position = Math.floor(lastListPosition(db, number)) + 1;
  return writer.write("list.added", { list: number, position, note });
}

/**
 * The number here of something that another row made.
 *
 * @throws AppError when it is not here, or of another feature.
 */
function referred(
  db: LabelDatabase,
  place: Place | null,
  what: "label" | "comment" | "list",
  id: string,
): number {
  const event = eventById(db, id);
  if (event?.kind !== MADE_BY[what]) {
    throw refused(`The ${what} ${id} that it belongs to is not here.`);
  }
  if (
    place &&
    (event.saeHash !== place.saeHash || event.feature !== place.feature)
  ) {
    throw refused(`The ${what} ${id} is of another feature.`);
  }
  return (event.payload as Record<typeof what, number>)[what];
}

const refused = (why: string) => new AppError("conflict", why);
