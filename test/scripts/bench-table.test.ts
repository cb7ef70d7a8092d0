import { expect, test } from "vitest";
import { formatTable } from "../../scripts/bench/table";

test("a part's results stand in aligned columns under their keys", () => {
  const rows = [
    { arch: "topk", batch: 4096, tokensPerSecond: 13633.25, ratio: 3.14159 },
    { arch: "relu_l1", batch: 64, tokensPerSecond: 976, ratio: null },
  ];
  expect(formatTable("train", rows)).toEqual([
    "train",
    "  arch     batch  tokensPerSecond  ratio",
    "  topk     4096   13633            3.142",
    "  relu_l1  64     976              –",
  ]);
});

test("a part without results is only named", () => {
  expect(formatTable("index", [])).toEqual(["index"]);
});
