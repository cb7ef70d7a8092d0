import { beforeEach, expect, test } from "vitest";
import { featureState, saeCounts } from "#lib/db/index";
import {
  acceptLabel,
  clearFlag,
  deleteLabel,
  editLabel,
  labelOf,
  restoreLabel,
  setFlag,
  voteOnLabel,
  type LabelDesk,
} from "#lib/labels/index";
import { temporaryFolder } from "#test/db/temporary";
import { as, AT_7, newDesk, SAE, write } from "./desk";

const folder = temporaryFolder();
let ada: LabelDesk;
let bo: LabelDesk;
let cy: LabelDesk;
/** A maintainer. */
let di: LabelDesk;

beforeEach(() => {
  ada = newDesk(folder);
  bo = as(ada, "Bo");
  cy = as(ada, "Cy");
  di = as(ada, "Di", "maintainer");
});

const state = () => featureState(ada.db, SAE, 7);
const vote = (desk: LabelDesk, id: number, value: 1 | -1 | 0, version = 1) =>
  voteOnLabel(desk, id, { value, version });

test("two votes by others settle what a feature is called", () => {
  const { id } = write(ada, "whales");
  expect(state()).toMatchObject({ state: "proposed", shownLabel: id });
  expect(vote(bo, id, 1)).toMatchObject({ up: 1, down: 0 });
  expect(state().acceptedLabel).toBeNull();
  expect(vote(cy, id, 1)).toMatchObject({ up: 2, down: 0 });
  expect(state()).toMatchObject({ state: "accepted", acceptedLabel: id });
  vote(cy, id, -1);
  expect(state()).toMatchObject({ state: "disputed", acceptedLabel: null });
  expect(vote(cy, id, 0)).toMatchObject({ up: 1, down: 0 });
  expect(state().state).toBe("proposed");
});

test("nobody votes on their own label or on a deleted one", () => {
  const { id } = write(ada, "whales");
  expect(() => vote(ada, id, 1)).toThrow(/somebody else must/);
  deleteLabel(ada, id, { version: 1 });
  expect(() => vote(bo, id, 1, 2)).toThrow(/deleted/);
});

test("a vote is for a text: another text begins without", () => {
  const { id } = write(ada, "whales");
  vote(bo, id, 1);
  vote(cy, id, 1);
  editLabel(ada, id, { note: "only a note", version: 1 });
  expect(vote(di, id, 1)).toMatchObject({ up: 3, version: 2 });
  expect(editLabel(ada, id, { text: "ships", version: 2 })).toMatchObject({
    up: 0,
    down: 0,
  });
  expect(state().state).toBe("proposed");
  expect(() => vote(bo, id, 1, 2)).toThrow(
    expect.objectContaining({ code: "conflict" }),
  );
});

test("a maintainer may correct a spelling without losing the votes", () => {
  const { id } = write(ada, "wahles");
  vote(bo, id, 1);
  editLabel(ada, id, { text: "whales!", version: 1, minor: true });
  expect(labelOf(ada, id).up).toBe(0);
  vote(bo, id, 1, 2);
  editLabel(di, id, { text: "whales", version: 2, minor: true });
  expect(labelOf(ada, id)).toMatchObject({ up: 1, textVersion: 2 });
});

test("a maintainer's decision beats all votes, one a feature", () => {
  const first = write(ada, "whales");
  const second = write(bo, "ships");
  vote(bo, first.id, 1);
  vote(cy, first.id, 1);
  acceptLabel(di, second.id, { accepted: true, version: 1 });
  expect(state()).toMatchObject({ acceptedLabel: second.id, labelAuthors: 2 });
  acceptLabel(di, first.id, { accepted: true, version: 1 });
  expect(labelOf(ada, second.id).acceptedBy).toBeNull();
  acceptLabel(di, first.id, { accepted: false, version: 1 });
  // The votes still say so.
  expect(state().acceptedLabel).toBe(first.id);
  expect(() =>
    acceptLabel(bo, first.id, { accepted: true, version: 1 }),
  ).toThrow(/may not decide/);
});

test("a deleted label decides nothing until it comes back", () => {
  const { id } = write(ada, "whales");
  acceptLabel(di, id, { accepted: true, version: 1 });
  deleteLabel(ada, id, { version: 1 });
  expect(state()).toMatchObject({ state: "unlabelled", shownLabel: null });
  restoreLabel(ada, id, { version: 2 });
  expect(state()).toMatchObject({ state: "accepted", acceptedLabel: id });
});

test("uninterpretable is a label like another", () => {
  const flag = {
    flag: "uninterpretable" as const,
    duplicateOf: null,
    note: null,
  };
  setFlag(ada, AT_7, flag);
  expect(state().state).toBe("unlabelled");
  setFlag(bo, AT_7, flag);
  expect(state()).toMatchObject({ state: "uninterpretable", flagCount: 2 });
  clearFlag(bo, AT_7, { flag: "uninterpretable" });
  expect(state().state).toBe("unlabelled");
  setFlag(di, AT_7, flag);
  expect(state().state).toBe("uninterpretable");
  expect(() =>
    clearFlag(bo, AT_7, { flag: "uninterpretable", person: "di" }),
  ).toThrow(/may not take this flag away/);
  clearFlag(di, AT_7, { flag: "uninterpretable", person: "ada" });
  clearFlag(di, AT_7, { flag: "uninterpretable" });
  expect(state()).toMatchObject({ state: "unlabelled", flagCount: 0 });
});

test("an SAE's counts follow", () => {
  const { id } = write(ada, "whales");
  write(ada, "ships");
  write(ada, "stars", { saeHash: SAE, feature: 9 });
  expect(saeCounts(ada.db, SAE)).toMatchObject({
    proposed: 2,
    labelled: 2,
    labels: 3,
  });
  acceptLabel(di, id, { accepted: true, version: 1 });
  expect(saeCounts(ada.db, SAE)).toMatchObject({ proposed: 1, accepted: 1 });
});
