import {
  assignmentsOf,
  featuresInList,
  hasDealtWith,
  queueSettings,
  skipOf,
  type AssignmentRow,
  type FeatureStates,
  type IndexReader,
  type LabelDatabase,
  type Lease,
  type Leases,
  type Seat,
} from "#lib/db/index";
import { assertMay } from "#lib/policy";
import {
  answersWanted,
  inShare,
  needsAnswer,
  partOf,
  type QueueOrder,
  type QueueSettings,
  type QueueShow,
} from "#lib/queue-rules";
import { blindfold } from "./blind";
import type { LabelDesk } from "./desk";
import { inOrder } from "./queue-ranks";

/** Where the queue of one SAE is worked on. */
export interface QueueDesk extends Pick<LabelDesk, "db" | "now" | "actor"> {
  reader: IndexReader;
  leases: Leases;
}

export interface QueueAsk {
  /** The page that asks. */
  seat: string;
  /** Features it still has in hand; what else it had is given back. */
  holding: readonly number[];
  /** Left out: as a maintainer has set it. */
  order?: QueueOrder | undefined;
  show: QueueShow;
  seed?: number | undefined;
  /** Only what is assigned to the person. */
  mine: boolean;
  /** [dSae]: 1 for those that may come; left out: any. */
  only?: Uint8Array | undefined;
}

export interface Handed extends Lease {
  /** It is assigned to the person. */
  assigned: boolean;
}

/**
 * Hands the next feature to a person: nobody else is handed it while its lease
 * lasts, nor after they answered, but for those several people are to label.
 * What is assigned to them comes first.
 *
 * @returns undefined when nothing is left.
 */
export function nextInQueue(
  desk: QueueDesk,
  ask: QueueAsk,
): Handed | undefined {
  assertMay(desk.actor, "queue.work");
  const { saeHash } = desk.reader.manifest;
  let chosen: Chosen | undefined;
  const lease = desk.leases.take(
    saeHash,
    { person: desk.actor.id, seat: ask.seat },
    ask.holding,
    desk.now().getTime(),
    (taken) => (chosen = choose(desk, ask, taken))?.feature,
  );
  return lease && { ...lease, assigned: chosen?.assigned ?? false };
}

type Chosen = Pick<Handed, "feature" | "assigned">;

/** The first that is free, in the order that is asked for. */
function choose(
  desk: QueueDesk,
  { only, mine, show, ...asked }: QueueAsk,
  taken: ReadonlySet<number>,
): Chosen | undefined {
  const { db, reader, actor } = desk;
  const { saeHash } = reader.manifest;
  const settings = queueSettings(db, saeHash);
  const { order = settings.order, seed = settings.seed } = asked;
  const states = reader.states;
  const wanted = wantedBy(states, saeHash, settings, show);
  const given = assignments(db, saeHash, actor.id);
  const hides = blindfold(db, saeHash, actor.id);
  const free = (feature: number) =>
    !taken.has(feature) &&
    only?.[feature] !== 0 &&
    wanted(feature) &&
    !isDone(desk, states, feature) &&
    // What one cannot see one cannot judge.
    (show === "open" || show === "unlabelled" || !hides(feature));
  const first = (here: (feature: number) => boolean) => {
    for (const feature of inOrder(reader, states, order, seed)) {
      if (here(feature) && free(feature)) return feature;
    }
    return undefined;
  };
  const own = given.some ? first(given.mine) : undefined;
  if (own !== undefined) return { feature: own, assigned: true };
  if (mine) return undefined;
  const any = first(
    (feature) => !given.others(feature) || inShare(settings, saeHash, feature),
  );
  return any === undefined ? undefined : { feature: any, assigned: false };
}

/**
 * Renews what a page has in hand and gives back the rest; with nothing in hand
 * it leaves.
 */
export function renewLeases(
  desk: QueueDesk,
  seat: string,
  holding: readonly number[],
): Lease[] {
  assertMay(desk.actor, "queue.work");
  const { leases, actor, reader } = desk;
  const at: Seat = { person: actor.id, seat };
  const now = desk.now().getTime();
  return leases.renew(reader.manifest.saeHash, at, holding, now);
}

/** Whether a feature is one of those that are asked for. */
function wantedBy(
  states: FeatureStates,
  saeHash: string,
  settings: QueueSettings,
  show: QueueShow,
): (feature: number) => boolean {
  switch (show) {
    case "open":
      return (feature) => {
        const stands = states.at(feature);
        // Everything needs a first one; whether a second is asked last.
        return (
          needsAnswer(stands, 1) ||
          (settings.share > 0 &&
            needsAnswer(stands, answersWanted(settings, saeHash, feature)))
        );
      };
    case "disputed":
      // Not settled, and people call it different things.
      return (feature) => {
        const { state } = states.at(feature);
        return (
          state === "disputed" ||
          (state === "proposed" && states.authors(feature) > 1)
        );
      };
    case "unlabelled":
    case "proposed":
      return (feature) => states.at(feature).state === show;
  }
}

/* What somebody has dealt with, as of the feature's newest event. */
const dealtWith = new WeakMap<
  FeatureStates,
  Map<string, Map<number, number>>
>();

/**
 * Whether a person's part of a feature is done: they answered, voted, flagged
 * or skipped it.
 */
function isDone(
  { db, actor, reader }: Pick<QueueDesk, "db" | "actor" | "reader">,
  states: FeatureStates,
  feature: number,
): boolean {
  const { saeHash } = reader.manifest;
  if (skipOf(db, saeHash, feature, actor.id) !== undefined) return true;
  const seq = states.seq(feature);
  // Nobody ever spoke of it.
  if (seq === 0) return false;
  let people = dealtWith.get(states);
  if (!people) dealtWith.set(states, (people = new Map()));
  let known = people.get(actor.id);
  if (!known) people.set(actor.id, (known = new Map()));
  if (known.get(feature) === seq) return true;
  if (!hasDealtWith(db, saeHash, feature, actor.id)) return false;
  known.set(feature, seq);
  return true;
}

/** Whose which features are. */
function assignments(db: LabelDatabase, saeHash: string, person: string) {
  const rows = assignmentsOf(db, saeHash).map((row) => ({
    own: row.person === person,
    covers: coverage(db, saeHash, row),
  }));
  return {
    some: rows.some(({ own }) => own),
    mine: (feature: number) => rows.some((r) => r.own && r.covers(feature)),
    others: (feature: number) =>
      rows.some((r) => !r.own && r.covers(feature)) &&
      !rows.some((r) => r.own && r.covers(feature)),
  };
}

function coverage(
  db: LabelDatabase,
  saeHash: string,
  { kind, from, to }: AssignmentRow,
): (feature: number) => boolean {
  switch (kind) {
    case "range":
      return (feature) => feature >= from && feature <= to;
    case "part":
      return (feature) => partOf(saeHash, feature, to) === from;
    case "list": {
      const features = new Set(featuresInList(db, from, saeHash));
      return (feature) => features.has(feature);
    }
  }
}
