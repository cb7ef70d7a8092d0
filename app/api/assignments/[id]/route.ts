import { assignmentSchema } from "#lib/contract/index";
import { unassign } from "#app/_server/queue";
import { route } from "#app/_server/route";
import { idParams } from "#app/_server/route-params";

export const DELETE = route(
  {
    summary: "Ends an assignment: its features are anybody's again.",
    may: "queue.assign",
    params: idParams,
    response: assignmentSchema,
  },
  ({ params, ...asked }) => unassign(asked, params.id),
);
