import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { STEP_FIELDS } from "#lib/compute/kernels/step-layout";

it("the Step structure is the same in the kernels and outside them", () => {
  const source = readFileSync(
    "lib/compute/kernels/assembly/latents.ts",
    "utf8",
  );
  const body = /class Step \{([^}]*)\}/.exec(source)![1]!;
  const fields = [...body.matchAll(/^ {2}(\w+): (usize|u32|i32|f32);$/gm)].map(
    ([, name, type]) => [name, type === "f32" ? "f32" : "u32"],
  );
  expect(fields).toEqual(STEP_FIELDS.map((field) => [...field]));
});
