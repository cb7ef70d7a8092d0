import type { ExchangeFormat } from "#lib/contract/index";
import { openLabelDatabase } from "#lib/db/index";
import { CSV_HEADER, csvLine } from "./columns";
import { exportRows, type ExportScope } from "./export";
import { toExplanation, type NeuronpediaSource } from "./neuronpedia";
import type { WrittenRow } from "./row";

/** Characters handed on at once. */
const CHUNK = 1 << 16;

export interface ExportOptions extends ExportScope {
  format: ExchangeFormat;
  /** How Neuronpedia calls the model and the SAE; only its format needs it. */
  source: NeuronpediaSource;
}

/**
 * The text of an export, a piece at a time: one state of the database,
 * whatever is written meanwhile.
 *
 * @param counted is told of each row that is written.
 */
export async function* exportText(
  labelFile: string,
  { format, source, ...scope }: ExportOptions,
  counted: (row: WrittenRow) => void = () => undefined,
): AsyncGenerator<string> {
  const db = openLabelDatabase(labelFile);
  try {
    db.$client.exec("BEGIN");
    let text = format === "csv" ? CSV_HEADER : "";
    for await (const row of exportRows(db, scope)) {
      if (format === "neuronpedia" && row.type !== "label") continue;
      text +=
        format === "csv"
          ? csvLine(row)
          : `${JSON.stringify(format === "jsonl" ? row : toExplanation(row, source))}\n`;
      counted(row);
      if (text.length < CHUNK) continue;
      yield text;
      text = "";
    }
    if (text !== "") yield text;
  } finally {
    db.$client.close();
  }
}
