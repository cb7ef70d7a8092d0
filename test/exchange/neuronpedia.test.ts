import { expect, test } from "vitest";
import { findLabel } from "#lib/db/index";
import { temporaryFolder } from "#test/db/temporary";
import { emptyDatabase, exported, imported, known, talkedOver } from "./team";

const folder = temporaryFolder();

/** A line as their files have it. */
const line = (more: object = {}) =>
  JSON.stringify({
    id: "clxyz0001",
    modelId: "gpt2-small",
    layer: "6-res-jb",
    index: "7",
    authorId: "clkht01d40000jv08hvalcvly",
    description: " whales and\nother sea animals ",
    embedding: [0.1, -0.2],
    typeName: "oai_token-act-pair",
    explanationModelName: "gpt-4o-mini",
    umap_x: 0,
    ...more,
  });

test("their explanations become labels of the SAE one names", async () => {
  const db = emptyDatabase(folder);
  const file = [
    line(),
    line({ id: "clxyz0002", index: 8, explanationModelName: null }),
    line({ id: "clxyz0003", layer: "7-res-jb" }),
    line({ id: "clxyz0004", index: "100" }),
    line({ id: "clxyz0005", description: "" }),
  ].join("\n");
  const report = await imported(db, folder, file, { sae: known });
  expect(report).toMatchObject({
    ...{ format: "neuronpedia", added: { label: 2 }, rejected: 3 },
    people: { fresh: ["gpt-4o-mini at Neuronpedia", "Neuronpedia"] },
  });
  expect(report.rejections.map(({ reason }) => reason)).toEqual([
    "This explanation is of gpt2-small/7-res-jb, the first of gpt2-small/6-res-jb.",
    "There is no feature 100; this SAE's features are 0 to 99.",
    "The label is empty.",
  ]);
  expect(findLabel(db, 1)).toMatchObject({
    text: "whales and other sea animals",
    tags: ["oai_token-act-pair"],
  });
  const again = await imported(db, folder, file, { sae: known });
  expect(again).toMatchObject({ added: {}, already: 2 });
});

test("our labels go out as their explanations and come back as they were", async () => {
  const source = talkedOver(folder);
  const text = await exported(source, { format: "neuronpedia" });
  const [first] = text
    .split("\n")
    .map((row) => (row === "" ? null : (JSON.parse(row) as object)));
  expect(first).toMatchObject({
    modelId: "gpt2-small",
    layer: "6-res-x",
    index: "7",
    typeName: "human",
    description: '=HYPERLINK("http://evil.example";"click")',
  });
  const target = emptyDatabase(folder);
  const report = await imported(target, folder, text, { sae: known });
  expect(report).toMatchObject({ added: { label: 2 }, rejected: 0 });
  expect(await exported(target, { format: "neuronpedia" })).toBe(text);
  // Home again they are known by their ids.
  const home = await imported(source, folder, text, { sae: known });
  expect(home).toMatchObject({ added: {}, already: 2 });
});
