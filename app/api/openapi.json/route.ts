import { z } from "zod";
import { apiDocument } from "#app/_server/api-document";
import { jsonReply } from "#app/_server/http-cache";
import { asResponse } from "#app/_server/reply";
import { documented } from "#app/_server/route";

/** Made while building: who asks makes no difference to it. */
export const dynamic = "force-static";

export const GET = documented(
  {
    summary: "This document: every route, as OpenAPI 3.1.",
    response: z.record(z.string(), z.unknown()),
  },
  async (request) => asResponse(jsonReply(request, await apiDocument())),
);
