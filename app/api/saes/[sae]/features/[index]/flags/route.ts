import {
  clearFlagSchema,
  flagsSchema,
  setFlagSchema,
} from "#lib/contract/index";
import { placeOf } from "#app/_server/databases";
import { featureFlags, lowerFlag, raiseFlag } from "#app/_server/opinions";
import { route } from "#app/_server/route";
import { featureParams } from "#app/_server/route-params";

const params = featureParams;
const response = flagsSchema;

export const GET = route(
  {
    summary: "What people say is the matter with a feature.",
    params,
    response,
  },
  ({ params, actor }) => ({
    flags: featureFlags(placeOf(params.sae, params.index), actor),
  }),
);

export const PUT = route(
  {
    summary:
      "Flags a feature: dead, a duplicate of another, polysemantic, uninterpretable.",
    may: "flag.create",
    params,
    body: setFlagSchema,
    response,
    example: { body: { flag: "polysemantic" } },
  },
  ({ params: { sae, index }, body, ...asked }) => ({
    flags: raiseFlag(asked, sae, index, body),
  }),
);

export const DELETE = route(
  {
    summary: "Takes a flag away: one's own, or as a maintainer another's.",
    may: "flag.delete",
    params,
    body: clearFlagSchema,
    response,
    example: { body: { flag: "polysemantic" } },
  },
  ({ params: { sae, index }, body, ...asked }) => ({
    flags: lowerFlag(asked, placeOf(sae, index), body),
  }),
);
