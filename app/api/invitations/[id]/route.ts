import { doneSchema, rowParams } from "#lib/contract/index";
import { withdraw } from "#app/_server/people";
import { route } from "#app/_server/route";

export const DELETE = route(
  {
    summary: "Withdraws an invitation.",
    params: rowParams,
    response: doneSchema,
    may: "people.invite",
  },
  ({ params }) => withdraw(params.id),
);
