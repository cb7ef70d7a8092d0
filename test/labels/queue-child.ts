import { indexReader, labelDatabase, leases } from "#lib/db/index";
import { createLabel, nextInQueue, queueProgress } from "#lib/labels/index";

/*
 * Labels what the queue hands out until no answer is missing, as one of the pages
 * of one person, and says on stdout which features it was handed. argv: index,
 * labels, leases, person, pages.
 */
const [index = "", labels = "", live = "", person = "", pages = "1"] =
  process.argv.slice(2);
const db = labelDatabase(labels);
const desk = {
  db,
  now: () => new Date(),
  actor: { id: person, name: person, role: "labeller", scopes: null } as const,
  reader: indexReader(index, labels),
  leases: leases(live),
};
const { saeHash } = desk.reader.manifest;

interface Page {
  seat: string;
  /** What it works on, and what it has taken ahead. */
  hand: number[];
}
const open: Page[] = Array.from({ length: Number(pages) }, (_, i) => ({
  seat: `page-${i}-of-${person}`,
  hand: [],
}));

function turn(page: Page): boolean {
  const take = () => {
    const handed = nextInQueue(desk, {
      seat: page.seat,
      holding: page.hand,
      show: "open",
      mine: false,
    });
    if (!handed) return;
    page.hand.push(handed.feature);
    process.stdout.write(`${handed.feature}\n`);
  };
  if (page.hand.length === 0) take();
  if (page.hand.length === 1) take();
  const feature = page.hand.shift();
  if (feature === undefined) return false;
  const said = { note: null, confidence: null, tags: [] };
  createLabel(desk, { saeHash, feature }, { text: person, ...said });
  return true;
}

function work(): void {
  const went = open.map(turn);
  if (went.some(Boolean)) setImmediate(work);
  // What others have in hand may need a second answer in a moment.
  else if (queueProgress(desk).missing > 0) setTimeout(work, 10);
}
work();
