import { listSchema, versionSchema } from "#lib/contract/index";
import { bringListBack } from "#app/_server/lists";
import { route } from "#app/_server/route";
import { idParams } from "#app/_server/route-params";

export const POST = route(
  {
    summary: "Brings a deleted list back.",
    may: "list.delete",
    params: idParams,
    body: versionSchema,
    response: listSchema,
    example: { body: { version: 2 } },
  },
  ({ params, body, ...asked }) => bringListBack(asked, params.id, body),
);
