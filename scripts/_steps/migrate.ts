import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { settings } from "#lib/config";
import { migrateLabels } from "#lib/db/index";
import type { StepUi } from "./console";

/** Brings the label database to the present schema, creating it if need be. */
export function runMigrate(ui: Pick<StepUi, "say">): void {
  const { dataDir } = settings();
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, "labels.sqlite");
  migrateLabels(file);
  ui.say(`migrate  ${file}`);
}
