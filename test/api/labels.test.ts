import { beforeAll, expect, test, vi } from "vitest";
import type { FeaturePage, Label, LabelHistory } from "#lib/contract/index";
import { buildFixtureIndex, FIXTURE_SAE_ID } from "#test/db/fixture";
import { temporaryFolder } from "#test/db/temporary";
import { writeE2eData } from "#test/e2e-data";
import { join } from "node:path";
import { call } from "./call";

const folder = temporaryFolder();
beforeAll(() => {
  vi.stubEnv("DATA_DIR", folder);
  writeE2eData(folder);
});

const sae = `/saes/${FIXTURE_SAE_ID}`;
const send = async <T>(method: string, path: string, json?: unknown) => {
  const init = json === undefined ? {} : { json };
  const { status, body } = await call(method, path, init);
  expect({ status, body }).toMatchObject({
    status: method === "POST" && path.endsWith("/labels") ? 201 : 200,
  });
  return body as T;
};
const write = (feature: number, text: string) =>
  send<Label>("POST", `${sae}/features/${feature}/labels`, {
    text,
  });
const found = async (q: string) => {
  const page = await send<FeaturePage>(
    "GET",
    `${sae}/features?q=label:${q}%20sort:index`,
  );
  return page.features.map((f) => f.index);
};

test("a label is written, found, edited, deleted and restored", async () => {
  const { id, version } = await write(7, "  Whales ");
  expect(version).toBe(1);
  expect(await found("whale")).toEqual([7]);
  await send("PUT", `/labels/${id}`, {
    text: "Ships",
    version: 1,
  });
  expect([await found("whale"), await found("ship")]).toEqual([[], [7]]);
  await send("DELETE", `/labels/${id}`, { version: 2 });
  expect(await found("ship")).toEqual([]);
  await send("POST", `/labels/${id}/restore`, { version: 3 });
  expect(await found("ship")).toEqual([7]);
  const { label, revisions } = await send<LabelHistory>("GET", `/labels/${id}`);
  expect(label).toMatchObject({ text: "Ships", version: 4, deleted: false });
  expect(revisions.map((r) => r.kind)).toEqual([
    "created",
    "edited",
    "deleted",
    "restored",
  ]);
});

test("the later of two edits of one version is a conflict", async () => {
  const { id } = await write(8, "snow");
  const edit = (text: string) =>
    call("PUT", `/labels/${id}`, { json: { text, version: 1 } });
  const answers = await Promise.all([edit("ice"), edit("frost")]);
  expect(answers.map((a) => a.status)).toEqual([200, 409]);
  expect(answers[1]!.body).toMatchObject({
    error: {
      code: "conflict",
      details: { label: { text: "ice", version: 2 } },
    },
  });
});

test("the latest labels come first, also on the feature", async () => {
  await write(11, "first");
  const last = await write(11, "second");
  const recent = await send<{ labels: Label[] }>(
    "GET",
    `${sae}/labels/recent?limit=2`,
  );
  expect(recent.labels[0]).toEqual(last);
  const own = await send<{ labels: Label[] }>(
    "GET",
    `${sae}/features/11/labels`,
  );
  expect(own.labels.map((l) => l.text)).toEqual(["second", "first"]);
});

test("labels outlive a new index of the same SAE", async () => {
  await write(13, "violins");
  const file = join(folder, "index", `${FIXTURE_SAE_ID}.sqlite`);
  buildFixtureIndex(file, { seed: 2 });
  expect(await found("violin")).toEqual([13]);
});
