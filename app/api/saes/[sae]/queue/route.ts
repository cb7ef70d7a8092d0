import { queueSchema, setQueueSchema } from "#lib/contract/index";
import { changeQueue, getQueue } from "#app/_server/queue";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary:
      "The labelling queue of an SAE: how it works, who works on it, how far it has come and how fast.",
    params: saeParams,
    response: queueSchema,
  },
  ({ params, actor }) => getQueue(params.sae, actor),
);

export const PUT = route(
  {
    summary:
      "Says how the queue works: the order, and which share of the features several people label without seeing each other's answers.",
    may: "queue.assign",
    params: saeParams,
    body: setQueueSchema,
    response: queueSchema,
    example: {
      body: { order: "frequency", share: 0.2, target: 2, blind: true, seed: 0 },
    },
  },
  ({ params, body, ...asked }) => changeQueue(asked, params.sae, body),
);
