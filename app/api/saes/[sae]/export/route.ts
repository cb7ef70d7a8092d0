import { z } from "zod";
import { exportQuerySchema } from "#lib/contract/index";
import { sendExport } from "#app/_server/exchange";
import { documented } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const GET = documented(
  {
    summary:
      "A file of everything people said of this SAE's features: labels, votes, comments, rubrics, flags, quiz answers and lists; for Neuronpedia the labels alone.",
    may: "export",
    params: saeParams,
    query: exportQuerySchema,
    response: z.string(),
    produces: "application/x-ndjson",
  },
  async (request, { params }) =>
    sendExport(request, saeParams.parse(await params).sae),
);
