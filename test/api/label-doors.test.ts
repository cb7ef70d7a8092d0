import { join } from "node:path";
import { beforeAll, describe } from "vitest";
import { labelDatabase } from "#lib/db/index";
import {
  createLabel,
  createList,
  deleteComment,
  deleteLabel,
  editLabel,
  postComment,
  setFlag,
  setListDeleted,
  type LabelDesk,
} from "#lib/labels/index";
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

/** Whoever it is was a labeller once: their things stay theirs. */
const deskOf = ({ id, name }: Member): LabelDesk => ({
  db: labelDatabase(join(folder, "labels.sqlite")),
  now: () => new Date(),
  actor: { id, name, role: "labeller", scopes: null },
});
const place = () => placeOf(FIXTURE_SAE_ID, 7);
const at = `/saes/${FIXTURE_SAE_ID}/features/7`;
const said = { note: null, confidence: null, tags: [] };
let texts = 0;
const labelOf = (owner: Member) =>
  createLabel(deskOf(owner), place(), { text: `text ${++texts}`, ...said }).id;
const commentOf = (owner: Member) =>
  postComment(deskOf(owner), place(), { text: "so", label: null, parent: null })
    .id;
const listOf = (owner: Member) =>
  createList(deskOf(owner), { name: "whales", description: "" }).id;
const item = { sae: FIXTURE_SAE_ID, feature: 7 };

const doors: Door[] = [
  {
    action: "label.create",
    method: "POST",
    ownOnly: true,
    arrange: () => ({
      path: `${at}/labels`,
      json: { text: `mine ${++texts}` },
    }),
  },
  {
    action: "label.edit",
    method: "PUT",
    arrange: (owner) => ({
      path: `/labels/${labelOf(owner)}`,
      json: { text: "better", version: 1 },
    }),
  },
  {
    action: "label.delete",
    method: "DELETE",
    arrange: (owner) => ({
      path: `/labels/${labelOf(owner)}`,
      json: { version: 1 },
    }),
  },
  {
    action: "label.restore",
    method: "POST",
    arrange: (owner) => {
      const id = labelOf(owner);
      deleteLabel(deskOf(owner), id, { version: 1 });
      return { path: `/labels/${id}/restore`, json: { version: 2 } };
    },
  },
  {
    action: "label.revert",
    method: "POST",
    arrange: (owner) => {
      const id = labelOf(owner);
      editLabel(deskOf(owner), id, { text: "other", version: 1 });
      return { path: `/labels/${id}/revert`, json: { version: 2, to: 1 } };
    },
  },
  {
    action: "label.vote",
    method: "PUT",
    arrange: (owner) => ({
      path: `/labels/${labelOf(owner)}/votes`,
      json: { value: 1, version: 1 },
    }),
  },
  {
    action: "label.accept",
    method: "PUT",
    arrange: (owner) => ({
      path: `/labels/${labelOf(owner)}/acceptance`,
      json: { accepted: true, version: 1 },
    }),
  },
  {
    action: "comment.create",
    method: "POST",
    ownOnly: true,
    arrange: () => ({ path: `${at}/comments`, json: { text: "so it is" } }),
  },
  {
    action: "comment.edit",
    method: "PUT",
    arrange: (owner) => ({
      path: `/comments/${commentOf(owner)}`,
      json: { text: "or so", version: 1 },
    }),
  },
  {
    action: "comment.delete",
    method: "DELETE",
    arrange: (owner) => ({
      path: `/comments/${commentOf(owner)}`,
      json: { version: 1 },
    }),
  },
  {
    action: "comment.delete",
    method: "POST",
    arrange: (owner) => {
      const id = commentOf(owner);
      deleteComment(deskOf(owner), id, { version: 1 });
      return { path: `/comments/${id}/restore`, json: { version: 2 } };
    },
  },
  {
    action: "flag.create",
    method: "PUT",
    ownOnly: true,
    arrange: () => ({ path: `${at}/flags`, json: { flag: "polysemantic" } }),
  },
  {
    action: "flag.delete",
    method: "DELETE",
    arrange: (owner) => {
      const flag = "polysemantic";
      setFlag(deskOf(owner), place(), { flag, duplicateOf: null, note: null });
      return { path: `${at}/flags`, json: { flag, person: owner.id } };
    },
  },
  {
    action: "rubric",
    method: "PUT",
    ownOnly: true,
    arrange: () => ({
      path: `${at}/rubric`,
      json: { rubric: { activations: 3 } },
    }),
  },
  {
    action: "bookmark",
    method: "PUT",
    ownOnly: true,
    arrange: () => ({ path: `${at}/bookmark`, json: { bookmarked: true } }),
  },
  {
    action: "mentions",
    method: "PUT",
    ownOnly: true,
    arrange: (owner) => ({
      path: "/me/mentions",
      json: { seen: commentOf(owner) },
    }),
  },
  {
    action: "list.create",
    method: "POST",
    ownOnly: true,
    arrange: () => ({ path: "/lists", json: { name: "ships" } }),
  },
  {
    action: "list.edit",
    method: "PUT",
    arrange: (owner) => ({
      path: `/lists/${listOf(owner)}`,
      json: { name: "more ships", description: "", version: 1 },
    }),
  },
  {
    action: "list.edit",
    method: "POST",
    arrange: (owner) => ({
      path: `/lists/${listOf(owner)}/items`,
      json: { items: [item] },
    }),
  },
  {
    action: "list.edit",
    method: "DELETE",
    arrange: (owner) => ({
      path: `/lists/${listOf(owner)}/items`,
      json: { items: [item] },
    }),
  },
  {
    action: "list.delete",
    method: "DELETE",
    arrange: (owner) => ({
      path: `/lists/${listOf(owner)}`,
      json: { version: 1 },
    }),
  },
  {
    action: "list.delete",
    method: "POST",
    arrange: (owner) => {
      const id = listOf(owner);
      setListDeleted(deskOf(owner), id, { version: 1, deleted: true });
      return { path: `/lists/${id}/restore`, json: { version: 2 } };
    },
  },
  ...[
    at,
    `${at}/labels`,
    `${at}/labelling`,
    `/saes/${FIXTURE_SAE_ID}`,
    "/activity",
    "/lists",
    "/me/bookmarks",
    "/me/mentions",
    "/people/names",
  ].map((path): Door => ({
    action: "read",
    method: "GET",
    ownOnly: true,
    arrange: () => ({ path }),
  })),
];

describe("who may do what to labels and what hangs on them", () => {
  testDoors(() => team, doors);
});
