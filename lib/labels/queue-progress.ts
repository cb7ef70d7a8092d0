import {
  answersOf,
  answersSince,
  mostAnswers,
  queueSettings,
  type IndexReader,
} from "#lib/db/index";
import { answersWanted, needsAnswer } from "#lib/queue-rules";
import type { LabelDesk } from "./desk";
import type { QueueDesk } from "./queue";

const HOUR_MS = 3_600_000;
const PEOPLE_SHOWN = 20;

export interface QueueProgress {
  /** Answers of the person who asks, in all and within the last hour. */
  mine: { answers: number; lastHour: number };
  team: {
    lastHour: number;
    /** Who answered most. */
    people: { person: string; answers: number; lastHour: number }[];
  };
  /** Live features, those that need no answer any more, and answers missing. */
  live: number;
  done: number;
  missing: number;
  /** Hours until none is missing, at the last hour's pace; null: no pace. */
  hoursLeft: number | null;
}

/** How far an SAE's queue has come. */
export function queueProgress({
  db,
  now,
  actor,
  reader,
}: Omit<QueueDesk, "leases">): QueueProgress {
  const { saeHash } = reader.manifest;
  const since = new Date(now().getTime() - HOUR_MS).toISOString();
  const hour = answersSince(db, saeHash, since.slice(0, 16));
  const lastHour = (person: string) => hour.get(person) ?? 0;
  const pace = [...hour.values()].reduce((sum, count) => sum + count, 0);
  const left = leftIn({ db, reader });
  return {
    mine: {
      answers: answersOf(db, saeHash, actor.id),
      lastHour: lastHour(actor.id),
    },
    team: {
      lastHour: pace,
      people: mostAnswers(db, saeHash, PEOPLE_SHOWN).map((row) => ({
        ...row,
        lastHour: lastHour(row.person),
      })),
    },
    ...left,
    hoursLeft: pace > 0 ? left.missing / pace : null,
  };
}

/** Counted in memory: every live feature is looked at. */
function leftIn({
  db,
  reader,
}: Pick<LabelDesk, "db"> & { reader: IndexReader }) {
  const { saeHash } = reader.manifest;
  const settings = queueSettings(db, saeHash);
  const { states } = reader;
  const { counts } = reader.usage;
  let done = 0;
  let live = 0;
  let missing = 0;
  for (let feature = 0; feature < counts.length; feature++) {
    if (counts[feature] === 0) continue;
    live++;
    const stands = states.at(feature);
    const wanted = answersWanted(settings, saeHash, feature);
    if (needsAnswer(stands, wanted)) missing += wanted - stands.answers;
    else done++;
  }
  return { live, done, missing };
}
