import {
  changePersonSchema,
  listedPersonSchema,
  rowParams,
} from "#lib/contract/index";
import { changePerson } from "#app/_server/people";
import { route } from "#app/_server/route";

export const PUT = route(
  {
    summary:
      "Gives somebody else another role, or closes or opens their account. Their sessions end.",
    example: { body: { role: "maintainer" } },
    params: rowParams,
    body: changePersonSchema,
    response: listedPersonSchema,
    may: "people.role",
  },
  ({ actor, params, body }) => changePerson(actor, params.id, body),
);
