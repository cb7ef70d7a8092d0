import type { z } from "zod";
import type {
  Assignment,
  newAssignmentSchema,
  nextLeaseSchema,
  Handed,
  Queue,
  QueueSettings,
  QueueView,
} from "#lib/contract/index";
import {
  assignmentsOf,
  featuresInList,
  findPerson,
  labellers,
  leases,
  queueSettings,
  saeCounts,
  type AssignmentRow,
  type IndexReader,
  type Lease,
} from "#lib/db/index";
import { AppError } from "#lib/errors";
import {
  assignFeatures,
  blindfold,
  endAssignment,
  listOf,
  nextInQueue,
  queueProgress,
  renewLeases,
  setQueue,
  skipFeature,
  unskipFeature,
  type QueueDesk,
} from "#lib/labels/index";
import { may, type Actor } from "#lib/policy";
import type { SkipReason } from "#lib/queue-rules";
import { assertFeature, labels, placeOf, readerOf } from "./databases";
import { deskOf, type Asked } from "./label-desk";
import { runOwnText } from "./own-text-set";
import { liveFile } from "./paths";
import { peopleOf } from "./people-names";
import { given, readQuery } from "./queries";

/** People that features can be given to in one form. */
const LABELLERS_SHOWN = 500;

function queueDesk(saeId: string, actor: Actor): QueueDesk {
  const now = () => new Date();
  const reader = readerOf(saeId);
  return { db: labels(), now, actor, reader, leases: leases(liveFile()) };
}

/**
 * Hands the next feature to who asks.
 *
 * @throws AppError "invalid" for a filter that is not understood.
 */
export async function nextFeature(
  actor: Actor,
  saeId: string,
  { seat, holding, ...view }: z.output<typeof nextLeaseSchema>,
  signal?: AbortSignal,
): Promise<{ handed: Handed }> {
  const only = await onlyThese(actor, saeId, view, signal);
  const { order, show, seed, mine } = view;
  const handed = nextInQueue(queueDesk(saeId, actor), {
    seat,
    holding: known(readerOf(saeId), holding),
    order,
    show,
    seed,
    mine: mine === "1",
    only,
  });
  return {
    handed: handed
      ? { ...presentLease(handed), assigned: handed.assigned }
      : null,
  };
}

/** Features that filter and list let through; undefined: all. */
async function onlyThese(
  actor: Actor,
  saeId: string,
  { q, list }: Pick<QueueView, "q" | "list">,
  signal?: AbortSignal,
): Promise<Uint8Array | undefined> {
  let only: Uint8Array | undefined;
  if (q.trim() !== "") {
    const query = readQuery(readerOf(saeId), q);
    const ownText = await runOwnText(saeId, query, signal);
    const reader = readerOf(saeId);
    const hides = blindfold(labels(), reader.manifest.saeHash, actor.id);
    only = reader.matching(query, given(hides, ownText));
  }
  if (list !== undefined) {
    listOf({ db: labels() }, list);
    const { saeHash, dSae } = readerOf(saeId).manifest;
    const inList = new Uint8Array(dSae);
    for (const feature of featuresInList(labels(), list, saeHash)) {
      if (feature < dSae && only?.[feature] !== 0) inList[feature] = 1;
    }
    only = inList;
  }
  return only;
}

/** Renews what a page has in hand; with nothing in hand it leaves. */
export function keepLeases(
  actor: Actor,
  saeId: string,
  { seat, holding }: { seat: string; holding: number[] },
) {
  const desk = queueDesk(saeId, actor);
  const held = renewLeases(desk, seat, known(desk.reader, holding));
  return { leases: held.map(presentLease) };
}

function known(reader: IndexReader, features: number[]): number[] {
  for (const feature of features) assertFeature(reader, feature);
  return features;
}

const presentLease = ({ feature, until }: Lease) => ({
  feature,
  until: new Date(until).toISOString(),
});

export function skip(
  asked: Asked,
  saeId: string,
  { feature, reason }: { feature: number; reason: SkipReason },
) {
  skipFeature(deskOf(asked), placeOf(saeId, feature), reason);
  return { feature, reason };
}

export function unskip(asked: Asked, saeId: string, feature: number) {
  unskipFeature(deskOf(asked), placeOf(saeId, feature));
  return { feature, reason: null };
}

/** How an SAE's queue works and how far it has come. */
export function getQueue(saeId: string, actor: Actor): Queue {
  const desk = queueDesk(saeId, actor);
  const { db, reader } = desk;
  const { saeHash } = reader.manifest;
  const { team, ...progress } = queueProgress(desk);
  const working = desk.leases.people(saeHash, desk.now().getTime());
  const person = peopleOf([...team.people.map((p) => p.person), ...working]);
  const { unlabelled, proposed, accepted, disputed, uninterpretable } =
    saeCounts(db, saeHash);
  const spokenOf =
    unlabelled + proposed + accepted + disputed + uninterpretable;
  return {
    settings: queueSettings(db, saeHash),
    ...progress,
    team: {
      ...team,
      people: team.people.map((p) => ({ ...p, person: person(p.person) })),
    },
    states: {
      unlabelled: reader.manifest.dSae - spokenOf + unlabelled,
      proposed,
      accepted,
      disputed,
      uninterpretable,
    },
    working: working.map(person),
    assignments: presentAssignments(assignmentsOf(db, saeHash)),
    labellers: may(actor, "queue.assign") ? labellers(db, LABELLERS_SHOWN) : [],
  };
}

export function changeQueue(
  asked: Asked,
  saeId: string,
  settings: QueueSettings,
): Queue {
  setQueue(deskOf(asked), readerOf(saeId).manifest.saeHash, settings);
  return getQueue(saeId, asked.actor);
}

/** @throws AppError "not_found" for an unknown feature, list or person. */
export function assign(
  asked: Asked,
  saeId: string,
  given: z.output<typeof newAssignmentSchema>,
): Assignment {
  const reader = readerOf(saeId);
  const { person } = given;
  const found = findPerson(labels(), person);
  if (!found) {
    throw new AppError("not_found", "There is nobody with this id.");
  }
  if (!may({ role: found.role, scopes: null }, "queue.work")) {
    throw new AppError(
      "invalid",
      `${found.name} may only read; give features to somebody who labels.`,
    );
  }
  const of = {
    person,
    kind: given.kind,
    from: given.kind === "list" ? given.list : given.from,
    to: given.kind === "list" ? 0 : given.to,
  };
  if (given.kind === "list") listOf({ db: labels() }, given.list);
  if (given.kind === "range") known(reader, [given.from, given.to]);
  const row = assignFeatures(deskOf(asked), reader.manifest.saeHash, of);
  return presentAssignments([row])[0]!;
}

export function unassign(asked: Asked, id: number): Assignment {
  return presentAssignments([endAssignment(deskOf(asked), id)])[0]!;
}

function presentAssignments(rows: readonly AssignmentRow[]): Assignment[] {
  const person = peopleOf(rows.flatMap((row) => [row.person, row.assignedBy]));
  return rows.map(({ id, kind, from, to, assignedAt, ...row }) => ({
    id,
    kind,
    from,
    to,
    assignedAt,
    person: person(row.person),
    assignedBy: person(row.assignedBy),
    ended: row.endedAt !== null,
  }));
}
