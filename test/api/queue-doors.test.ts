import { join } from "node:path";
import { beforeAll, describe } from "vitest";
import { labelDatabase } from "#lib/db/index";
import { assignFeatures, skipFeature } from "#lib/labels/index";
import type { Role } from "#lib/policy";
import { placeOf } from "#app/_server/databases";
import { FIXTURE_SAE_ID } from "#test/db/fixture";
import { temporaryFolder } from "#test/db/temporary";
import { writeE2eData } from "#test/e2e-data";
import { testDoors, type Door } from "./doors";
import { makeTeam, type Member, type Team } from "./team";

const folder = temporaryFolder();
let team: Team;
beforeAll(async () => {
  writeE2eData(folder);
  team = await makeTeam(folder);
});

const deskOf = ({ id, name }: Member, role: Role) => ({
  db: labelDatabase(join(folder, "labels.sqlite")),
  now: () => new Date(),
  actor: { id, name, role, scopes: null },
});
const queue = `/saes/${FIXTURE_SAE_ID}/queue`;
const seat = "page-of-somebody";
const range = (person: string) => ({
  person,
  kind: "range" as const,
  from: 1,
  to: 3,
});

const doors: Door[] = [
  {
    action: "read",
    method: "GET",
    ownOnly: true,
    arrange: () => ({ path: queue }),
  },
  {
    action: "queue.work",
    method: "POST",
    ownOnly: true,
    arrange: () => ({ path: `${queue}/leases`, json: { seat } }),
  },
  {
    action: "queue.work",
    method: "PUT",
    ownOnly: true,
    arrange: () => ({
      path: `${queue}/leases`,
      json: { seat, holding: [7] },
    }),
  },
  {
    action: "queue.work",
    method: "PUT",
    ownOnly: true,
    arrange: () => ({
      path: `${queue}/skips`,
      json: { feature: 7, reason: "later" },
    }),
  },
  {
    action: "queue.work",
    method: "DELETE",
    ownOnly: true,
    arrange: (owner) => {
      const place = placeOf(FIXTURE_SAE_ID, 7);
      skipFeature(deskOf(owner, "labeller"), place, "later");
      return { path: `${queue}/skips`, json: { feature: 7 } };
    },
  },
  {
    action: "queue.assign",
    method: "PUT",
    ownOnly: true,
    arrange: () => ({
      path: queue,
      json: { order: "random", share: 0, target: 2, blind: true, seed: 1 },
    }),
  },
  {
    action: "queue.assign",
    method: "POST",
    ownOnly: true,
    arrange: () => ({
      path: `${queue}/assignments`,
      json: range(team.other.id),
    }),
  },
  {
    action: "queue.assign",
    method: "DELETE",
    ownOnly: true,
    arrange: (owner) => {
      const { saeHash } = placeOf(FIXTURE_SAE_ID, 7);
      const desk = deskOf(owner, "maintainer");
      const { id } = assignFeatures(desk, saeHash, range(team.other.id));
      return { path: `/assignments/${id}` };
    },
  },
];

describe("who may do what in the queue", () => {
  testDoors(() => team, doors);
});
