import { AppError } from "#lib/errors";
import { CONTRIB, type GraphNode } from "#lib/compute/onnx/graph";
import type { Operator } from "#lib/compute/tfjs/values";
import { elementwise } from "./elementwise";
import { products } from "./products";
import { reductions } from "./reductions";
import { shapes } from "./shapes";

const { FastGelu, ...plainElementwise } = elementwise;
const { Attention, ...plainProducts } = products;

/** Every operator that graphs may use, by domain. */
const OPERATORS: Record<string, Record<string, Operator>> = {
  "": { ...plainElementwise, ...plainProducts, ...reductions, ...shapes },
  [CONTRIB]: { FastGelu, Attention },
};

/**
 * The operator of a node.
 * @throws AppError("invalid") for one that the tfjs engine does not know.
 */
export function operatorOf({ op, domain }: GraphNode): Operator {
  const operators = OPERATORS[domain]!;
  if (Object.hasOwn(operators, op)) return operators[op]!;
  throw new AppError(
    "invalid",
    `The tfjs engine does not know the operator ${domain === "" ? op : `${domain}.${op}`}; use --engine onnx.`,
  );
}
