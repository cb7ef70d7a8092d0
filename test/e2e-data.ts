import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { migrateLabels } from "#lib/db/migrate-labels";
import { buildFixtureIndex, FIXTURE_SAE_ID } from "./db/fixture";

/**
 * A data folder to look at pages with: the fixture index and an empty label
 * database. `node --import tsx test/e2e-data.ts <dataDir>`
 */
export function writeE2eData(dataDir: string): void {
  buildFixtureIndex(join(dataDir, "index", `${FIXTURE_SAE_ID}.sqlite`));
  migrateLabels(join(dataDir, "labels.sqlite"));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2];
  if (!folder) {
    console.log("usage: node --import tsx test/e2e-data.ts <dataDir>");
    process.exit(1);
  }
  writeE2eData(resolve(folder));
  console.log(`Wrote ${FIXTURE_SAE_ID} and labels to ${resolve(folder)}.`);
}
