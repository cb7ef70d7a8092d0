import { join } from "node:path";
import { beforeAll, describe } from "vitest";
import { labelDatabase } from "#lib/db/index";
import { createLabel, handOutQuiz, type LabelDesk } from "#lib/labels/index";
import { Rng } from "#lib/random";
import { placeOf, readerOf } from "#app/_server/databases";
import { FIXTURE_SAE_ID } from "#test/db/fixture";
import { temporaryFolder } from "#test/db/temporary";
import { writeE2eData } from "#test/e2e-data";
import { testDoors, type Door } from "./doors";
import { makeTeam, type Member, type Team } from "./team";

const folder = temporaryFolder();
let team: Team;
/** Features with contexts for quizzes, each used once. */
let features: number[];
beforeAll(async () => {
  writeE2eData(folder);
  team = await makeTeam(folder);
  features = Array.from({ length: 200 }, (_, i) => i).filter((feature) => {
    const kept = readerOf(FIXTURE_SAE_ID).quizContexts(feature)!;
    return kept.firing.length >= 5 && kept.silent.length >= 5;
  });
});

const desk = (id: string, name: string): LabelDesk => ({
  db: labelDatabase(join(folder, "labels.sqlite")),
  now: () => new Date(),
  actor: { id, name, role: "labeller", scopes: null },
});
let quizzes = 0;
/** A label that nobody of the team wrote. */
function newLabel(): number {
  const feature = features[quizzes++ % features.length]!;
  const said = { note: null, confidence: null, tags: [] };
  const text = `label ${quizzes}`;
  const place = placeOf(FIXTURE_SAE_ID, feature);
  return createLabel(desk("nobody", "Nobody"), place, { text, ...said }).id;
}
/** A quiz about a label of nobody's, handed to its owner. */
function quizOf({ id, name }: Member): string {
  const reader = readerOf(FIXTURE_SAE_ID);
  return handOutQuiz(desk(id, name), {
    saeHash: reader.manifest.saeHash,
    contextsOf: (f) => reader.quizContexts(f),
    from: 0,
    rng: new Rng(quizzes),
    newId: () => `00000000-0000-0000-0000-${String(quizzes).padStart(12, "0")}`,
    label: newLabel(),
  })!.id;
}

const doors: Door[] = [
  {
    action: "quiz.answer",
    method: "POST",
    ownOnly: true,
    arrange: () => ({
      path: `/saes/${FIXTURE_SAE_ID}/quizzes`,
      json: { label: newLabel() },
    }),
  },
  {
    action: "quiz.answer",
    method: "POST",
    ownOnly: true,
    arrange: (owner) => ({
      path: `/quizzes/${quizOf(owner)}/answer`,
      json: { marked: [1, 2] },
    }),
  },
  {
    action: "quiz.answer",
    method: "DELETE",
    ownOnly: true,
    arrange: (owner) => ({ path: `/quizzes/${quizOf(owner)}` }),
  },
  {
    action: "read",
    method: "GET",
    ownOnly: true,
    arrange: (owner) => ({ path: `/quizzes/${quizOf(owner)}` }),
  },
  ...["evidence", "agreement"].map((name): Door => ({
    action: "read",
    method: "GET",
    ownOnly: true,
    arrange: () => ({ path: `/saes/${FIXTURE_SAE_ID}/${name}` }),
  })),
];

describe("who may take quizzes and see what came of them", () => {
  testDoors(() => team, doors);
});
