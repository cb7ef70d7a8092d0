import { expect, test, vi } from "vitest";
import { all } from "#lib/db/statement";
import {
  assignFeatures,
  blindfold,
  queueProgress,
  renewLeases,
  setQueue,
  skipFeature,
} from "#lib/labels/index";
import { QUEUE_ORDERS, QUEUE_SHOWS, QUEUE_START } from "#lib/queue-rules";
import { temporaryFolder } from "#test/db/temporary";
import { as, write } from "./desk";
import { ASK, newQueue, queueOf, take } from "./queue-desk";

const folder = temporaryFolder();

test("nothing the queue asks of the labels reads a whole table", () => {
  const files = newQueue(folder);
  const db = files.desk.db.$client;
  const prepare = vi.spyOn(db, "prepare");
  const ada = queueOf(files, files.desk);
  const di = queueOf(files, as(files.desk, "Di", "maintainer"));
  const { saeHash } = ada.reader.manifest;
  setQueue(di, saeHash, { ...QUEUE_START, share: 1 });
  for (let feature = 1; feature < 20; feature++) {
    write(di, "whales", { saeHash, feature });
  }
  skipFeature(ada, { saeHash, feature: 3 }, "later");
  assignFeatures(di, saeHash, { person: "bo", kind: "list", from: 1, to: 0 });
  for (const order of QUEUE_ORDERS) {
    for (const show of QUEUE_SHOWS) take(ada, { ...ASK, order, show });
  }
  write(ada, "ships", { saeHash, feature: 5 });
  renewLeases(ada, ASK.seat, []);
  queueProgress(ada);
  blindfold(ada.db, saeHash, "ada")(4);
  const asked = [...new Set(prepare.mock.calls.map(([sql]) => sql))].filter(
    (sql) => /^\s*(SELECT|UPDATE|DELETE)/i.test(sql),
  );
  prepare.mockRestore();
  expect(asked.length).toBeGreaterThan(15);
  for (const sql of asked) {
    const values = Array.from({ length: sql.split("?").length - 1 }, () => 1);
    const plan = all<{ detail: string }>(
      db,
      `EXPLAIN QUERY PLAN ${sql}`,
      ...values,
    ).map(({ detail }) => detail);
    const scans = plan.filter(
      (step) =>
        step.startsWith("SCAN") &&
        // One row, a parameter's values, or the end of an index.
        !/CONSTANT ROW|json_each|SCAN (projection|events|lists?|labels|queue_assignments)$/.test(
          step,
        ),
    );
    expect(scans, sql).toEqual([]);
  }
});
