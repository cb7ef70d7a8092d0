import fc from "fast-check";
import {
  acceptLabel,
  addToList,
  clearFlag,
  createList,
  deleteComment,
  deleteLabel,
  describeList,
  editComment,
  editLabel,
  listOf,
  moveInList,
  postComment,
  removeFromList,
  restoreComment,
  restoreLabel,
  revertLabel,
  setBookmark,
  setFlag,
  setListDeleted,
  setRubric,
  voteOnLabel,
  labelOf,
  commentOf,
  type LabelDesk,
} from "#lib/labels/index";
import { SAE, write } from "./desk";

type Step = (desk: LabelDesk) => unknown;

const feature = fc.nat(3);
const id = fc.integer({ min: 1, max: 3 });
const text = fc.constantFrom("whales", "ships", "@Bo sea", "stars é");
const at = (number: number) => ({ saeHash: SAE, feature: number });
/** As one who has looked just now. */
const now = (desk: LabelDesk, label: number) => ({
  version: labelOf(desk, label).version,
});
const flagKind = fc.constantFrom(
  ...(["dead", "polysemantic", "uninterpretable"] as const),
);
const nobodySays = {
  confidence: null,
  activations: 2,
  logits: null,
  specificity: 3,
  monosemantic: false,
  breaksAt: 1,
};

/** Something somebody may try; much of it is refused, which is part of it. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(text, feature).map(
      ([t, f]): Step =>
        (desk) =>
          write(desk, t, at(f)),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(id, fc.constantFrom(1, -1, 0)).map(
      ([i, v]): Step =>
        (desk) =>
          voteOnLabel(desk, i, { value: v as 1 | -1 | 0, ...now(desk, i) }),
    ),
  },
  fc.tuple(id, text, fc.boolean()).map(
    ([i, t, minor]): Step =>
      (desk) =>
        editLabel(desk, i, { text: t, tags: ["x"], minor, ...now(desk, i) }),
  ),
  id.map(
    (i): Step =>
      (desk) =>
        revertLabel(desk, i, { to: 1, ...now(desk, i) }),
  ),
  id.map(
    (i): Step =>
      (desk) =>
        deleteLabel(desk, i, now(desk, i)),
  ),
  id.map(
    (i): Step =>
      (desk) =>
        restoreLabel(desk, i, now(desk, i)),
  ),
  fc.tuple(id, fc.boolean()).map(
    ([i, accepted]): Step =>
      (desk) =>
        acceptLabel(desk, i, { accepted, ...now(desk, i) }),
  ),
  fc.tuple(text, feature, fc.option(id)).map(
    ([t, f, parent]): Step =>
      (desk) =>
        postComment(desk, at(f), { text: t, label: null, parent }),
  ),
  fc.tuple(id, text).map(
    ([i, t]): Step =>
      (desk) =>
        editComment(desk, i, { text: t, version: commentOf(desk, i).version }),
  ),
  id.map(
    (i): Step =>
      (desk) =>
        deleteComment(desk, i, { version: commentOf(desk, i).version }),
  ),
  id.map(
    (i): Step =>
      (desk) =>
        restoreComment(desk, i, { version: commentOf(desk, i).version }),
  ),
  fc.tuple(feature, fc.boolean()).map(
    ([f, some]): Step =>
      (desk) =>
        setRubric(desk, at(f), some ? nobodySays : null),
  ),
  fc.tuple(feature, flagKind).map(
    ([f, flag]): Step =>
      (desk) =>
        setFlag(desk, at(f), { flag, duplicateOf: null, note: "n" }),
  ),
  fc.tuple(feature, flagKind).map(
    ([f, flag]): Step =>
      (desk) =>
        clearFlag(desk, at(f), { flag }),
  ),
  fc.constant<Step>((desk) => createList(desk, { name: "n", description: "" })),
  fc.tuple(id, fc.array(feature)).map(
    ([i, list]): Step =>
      (desk) =>
        addToList(
          desk,
          i,
          list.map((f) => ({ ...at(f), note: null })),
        ),
  ),
  fc.tuple(id, feature, fc.option(feature)).map(
    ([i, f, before]): Step =>
      (desk) =>
        moveInList(desk, i, {
          item: at(f),
          before: before === null ? null : at(before),
        }),
  ),
  fc.tuple(id, feature).map(
    ([i, f]): Step =>
      (desk) =>
        removeFromList(desk, i, [at(f)]),
  ),
  fc.tuple(id, fc.boolean()).map(
    ([i, deleted]): Step =>
      (desk) =>
        setListDeleted(desk, i, { deleted, version: listOf(desk, i).version }),
  ),
  id.map(
    (i): Step =>
      (desk) =>
        describeList(desk, i, {
          name: "m",
          description: "d",
          version: listOf(desk, i).version,
        }),
  ),
  fc.tuple(feature, fc.boolean()).map(
    ([f, marked]): Step =>
      (desk) =>
        setBookmark(desk, at(f), marked),
  ),
);
