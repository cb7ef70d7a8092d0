import { assignmentSchema, newAssignmentSchema } from "#lib/contract/index";
import { assign } from "#app/_server/queue";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const POST = route(
  {
    summary:
      "Makes features one person's to label: a range of numbers, one of several equal parts, or a list.",
    may: "queue.assign",
    params: saeParams,
    body: newAssignmentSchema,
    response: assignmentSchema,
    status: 201,
    example: { body: { person: "ada", kind: "range", from: 0, to: 99 } },
  },
  ({ params, body, ...asked }) => assign(asked, params.sae, body),
);
