import { expect, test } from "vitest";
import {
  chooseSaes,
  facetValues,
  parseSaeChoice,
} from "#app/_components/sae-choice";
import type { SaeSummary } from "#lib/contract/index";

const sae = (layer: number, architecture: string, fvu: number | null) =>
  ({
    id: `sae-${layer}-${architecture}`,
    modelName: "gpt2",
    hookName: `blocks.${layer}.hook_resid_post`,
    architecture,
    dSae: 1024 * layer,
    evaluation: fvu === null ? null : { fvu },
  }) as SaeSummary;
const saes = [
  sae(10, "topk", 0.1),
  sae(2, "topk", null),
  sae(2, "jumprelu", 0.3),
];
const ids = (query: string) =>
  chooseSaes(saes, parseSaeChoice(new URLSearchParams(query))).map(
    ({ id }) => id,
  );

test("SAEs come by layer, as numbers, unless asked for otherwise", () => {
  expect(ids("")).toEqual(["sae-2-jumprelu", "sae-2-topk", "sae-10-topk"]);
  expect(ids("sort=features&order=desc")[0]).toBe("sae-10-topk");
  expect(facetValues(saes, "hook")).toEqual([
    "blocks.2.hook_resid_post",
    "blocks.10.hook_resid_post",
  ]);
});

test("those without a figure come last, whichever way it is sorted", () => {
  expect(ids("sort=fvu")).toEqual([
    "sae-10-topk",
    "sae-2-jumprelu",
    "sae-2-topk",
  ]);
  expect(ids("sort=fvu&order=desc").at(-1)).toBe("sae-2-topk");
});

test("facets narrow the list, and nonsense in the address does nothing", () => {
  expect(ids("architecture=TopK")).toEqual(["sae-2-topk", "sae-10-topk"]);
  expect(ids("architecture=TopK&hook=blocks.10.hook_resid_post")).toEqual([
    "sae-10-topk",
  ]);
  expect(ids("sort=toString&order=up")).toHaveLength(3);
});
