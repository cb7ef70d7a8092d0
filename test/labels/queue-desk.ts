import { join } from "node:path";
import { indexReader, leases, type IndexReader } from "#lib/db/index";
import {
  nextInQueue,
  type LabelDesk,
  type QueueAsk,
  type QueueDesk,
} from "#lib/labels/index";
import { buildFixtureIndex } from "#test/db/fixture";
import { newDesk } from "./desk";

let folders = 0;

/** An index, a label database and leases of their own; Ada is at the desk. */
export function newQueue(folder: string, dSae = 60) {
  // Its clock stands still: leases last as long as a test.
  const now = () => new Date(Date.UTC(2026, 0, 1, 12));
  const desk = { ...newDesk(folder), now };
  const index = join(folder, `queue-${folders++}.sqlite`);
  buildFixtureIndex(index, { dSae, sequences: 60 });
  const labels = desk.db.$client.name;
  return { index, labels, live: `${labels}-live`, desk };
}

/** Where somebody works on that queue; the index is opened once. */
export function queueOf(
  { index, labels, live }: ReturnType<typeof newQueue>,
  desk: LabelDesk,
): QueueDesk {
  const reader: IndexReader = indexReader(index, labels);
  return { ...desk, reader, leases: leases(live) };
}

export const ASK: QueueAsk = {
  seat: "seat-of-a-page",
  holding: [],
  show: "open",
  mine: false,
};

/** The number of the next feature for a page. */
export const take = (desk: QueueDesk, ask: Partial<QueueAsk> = {}) =>
  nextInQueue(desk, { ...ASK, ...ask })?.feature;

/** Everything the queue hands to one page, held on to, in order. */
export function takeAll(
  desk: QueueDesk,
  ask: Partial<QueueAsk> = {},
): number[] {
  const holding: number[] = [];
  for (;;) {
    const feature = take(desk, { ...ask, holding });
    if (feature === undefined) return holding;
    holding.push(feature);
  }
}
