import { z } from "zod";
import { apiDocument } from "#app/_server/api-document";
import { jsonAnswer } from "#app/_server/http-cache";
import { documented } from "#app/_server/route";

/** Made while building: who asks makes no difference to it. */
export const dynamic = "force-static";

export const GET = documented(
  {
    summary: "This document: every route, as OpenAPI 3.1.",
    response: z.record(z.string(), z.unknown()),
  },
  async (request) => jsonAnswer(request, await apiDocument()),
);
