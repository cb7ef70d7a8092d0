import { importQuerySchema, importReportSchema } from "#lib/contract/index";
import { receiveImport } from "#app/_server/exchange";
import { documented } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const POST = documented(
  {
    summary:
      "Takes in a file that an export wrote, a CSV file with at least the columns feature and text, or Neuronpedia's explanations, plain or gzip; the body is the file. The same file again changes nothing.",
    may: "import",
    params: saeParams,
    query: importQuerySchema,
    response: importReportSchema,
  },
  async (request, { params }) =>
    receiveImport(request, saeParams.parse(await params).sae),
);
