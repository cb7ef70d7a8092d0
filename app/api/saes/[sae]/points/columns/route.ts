import { z } from "zod";
import { sendPointColumns } from "#app/_server/point-columns";
import { documented } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const GET = documented(
  {
    summary:
      "Four columns over all features, dead ones too, in the order of their numbers, one after the other in little-endian bytes: firing counts (uint32), mean activations (float32; 0 when dead), places in the atlas (float32, x and y in −1 … 1; NaN when dead), number of the source each fires in most (uint16).",
    params: saeParams,
    response: z.string(),
    produces: "application/octet-stream",
  },
  sendPointColumns,
);
