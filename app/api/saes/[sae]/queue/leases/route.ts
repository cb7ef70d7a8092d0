import {
  handedSchema,
  leasesSchema,
  nextLeaseSchema,
  renewLeasesSchema,
} from "#lib/contract/index";
import { keepLeases, nextFeature } from "#app/_server/queue";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const POST = route(
  {
    summary:
      "The next feature to label. Nobody else is handed it while its lease lasts, a minute unless it is renewed. What the seat holds besides is given back unless `holding` names it.",
    may: "queue.work",
    params: saeParams,
    body: nextLeaseSchema,
    response: handedSchema,
    example: { body: { seat: "example-seat", order: "frequency" } },
  },
  ({ params, body, actor, request }) =>
    nextFeature(actor, params.sae, body, request.signal),
);

export const PUT = route(
  {
    summary:
      "Renews the leases of what a seat holds, and gives back the rest: with nothing in `holding` it leaves.",
    may: "queue.work",
    params: saeParams,
    body: renewLeasesSchema,
    response: leasesSchema,
    example: { body: { seat: "example-seat", holding: [] } },
  },
  ({ params, body, actor }) => keepLeases(actor, params.sae, body),
);
