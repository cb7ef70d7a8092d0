import {
  ownTextRequestSchema,
  ownTextResponseSchema,
} from "#lib/contract/index";
import { ownText } from "#app/_server/own-text";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const POST = route(
  {
    params: saeParams,
    body: ownTextRequestSchema,
    response: ownTextResponseSchema,
    may: "read",
  },
  ({ params, body, request }) => ownText(params.sae, body, request.signal),
);
