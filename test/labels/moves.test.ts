import { describe, expect, test } from "vitest";
import {
  findMove,
  isSound,
  labelsOfFeature,
  movesOfLabels,
  verifyLabels,
} from "#lib/db/index";
import {
  acceptMove,
  deleteLabel,
  rejectMove,
  reopenMove,
} from "#lib/labels/index";
import { temporaryFolder } from "#test/db/temporary";
import { as, newDesk, SAE, write } from "./desk";

const folder = temporaryFolder();
const NEW = "b".repeat(64);
const target = { saeHash: NEW, feature: 3 };
const near = { target, cosine: 0.93, mutual: true };

describe("a label taken over to another SAE", () => {
  test("is the reviewer's, and says where it came from", () => {
    const ada = newDesk(folder);
    const bo = as(ada, "Bo");
    const { id } = write(ada, "whales");
    const taken = acceptMove(bo, { origin: id, ...near });
    expect(taken).toMatchObject({ ...target, text: "whales", author: "bo" });
    expect(movesOfLabels(ada.db, [id, taken.id])).toEqual([
      expect.objectContaining({
        ...{ originLabel: id, labelId: taken.id, cosine: 0.93 },
        ...{ mutual: true, person: "bo" },
      }),
    ]);
    // What it came from stays what it is.
    expect(labelsOfFeature(ada.db, SAE, 7)).toHaveLength(1);
    expect(isSound(verifyLabels(ada.db.$client.name))).toBe(true);
  });

  test("is taken over once, also when the answer was lost", () => {
    const ada = newDesk(folder);
    const move = { origin: write(ada, "whales").id, ...near };
    const keyed = { ...ada, key: "take-over-1" };
    expect(acceptMove(keyed, move).id).toBe(acceptMove(keyed, move).id);
    expect(() => acceptMove(ada, move)).toThrow("was taken over");
    expect(() => {
      rejectMove(ada, move);
    }).toThrow("was taken over");
    expect(() => {
      reopenMove(ada, move.origin, NEW);
    }).toThrow("delete the new one");
    expect(labelsOfFeature(ada.db, NEW, 3)).toHaveLength(1);
  });

  test("can be rejected, and the rejection taken back", () => {
    const ada = newDesk(folder);
    const move = { origin: write(ada, "whales").id, ...near };
    rejectMove(ada, move);
    expect(findMove(ada.db, NEW, move.origin)).toMatchObject({ labelId: null });
    expect(() => acceptMove(ada, move)).toThrow("was rejected");
    reopenMove(ada, move.origin, NEW);
    expect(findMove(ada.db, NEW, move.origin)).toBeUndefined();
    acceptMove(ada, move);
    expect(isSound(verifyLabels(ada.db.$client.name))).toBe(true);
  });

  test("must be there, of another SAE, and by one who may write labels", () => {
    const ada = newDesk(folder);
    const { id } = write(ada, "whales");
    const home = { saeHash: SAE, feature: 8 };
    const move = { origin: id, ...near };
    expect(() => acceptMove(ada, { ...move, target: home })).toThrow(
      "of this SAE already",
    );
    expect(() => acceptMove(as(ada, "Vera", "viewer"), move)).toThrow(
      "You may not write labels",
    );
    deleteLabel(ada, id, { version: 1 });
    expect(() => acceptMove(ada, move)).toThrow("was deleted");
    expect(() => acceptMove(ada, { ...move, origin: 99 })).toThrow(
      "There is no label 99",
    );
  });
});
