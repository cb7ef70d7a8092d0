import { join } from "node:path";
import { settings } from "#lib/config";
import {
  backupLabels,
  isSound,
  listBackups,
  restoreLabels,
  verifyLabels,
  type Backup,
  type LabelCheck,
  type Restored,
} from "#lib/db/index";
import { AppError } from "#lib/errors";
import type { StepUi } from "./console";

type Ui = Pick<StepUi, "say">;

const labelFile = () => join(settings().dataDir, "labels.sqlite");
const backupFolder = () => join(settings().dataDir, "backups");

/** Checks the labels and says what is wrong. */
export function runVerifyLabels(
  options: { repair: boolean },
  ui: Ui,
): LabelCheck {
  const check = verifyLabels(labelFile(), options);
  for (const problem of [...check.integrity, ...check.log]) {
    ui.say(`wrong    ${problem}`);
  }
  for (const { table, rows, differences, first } of check.tables) {
    const said = differences === 0 ? "as the events say" : "differ";
    ui.say(
      `${table.padEnd(16)} ${String(rows).padStart(8)} rows, ${differences === 0 ? "" : `${differences} `}${said}`,
    );
    for (const { key, found, expected } of first) {
      ui.say(`  ${key.join(" ")}`);
      ui.say(`    found    ${JSON.stringify(found)}`);
      ui.say(`    expected ${JSON.stringify(expected)}`);
    }
  }
  if (check.repaired.length > 0) {
    ui.say(`repaired ${check.repaired.join(", ")}`);
  } else if (!isSound(check)) {
    ui.say(
      check.log.length > 0 || check.integrity.length > 0
        ? "Restore a backup: npm run labels:restore -- newest"
        : "Repair it: npm run labels:verify -- --repair",
    );
  } else ui.say(`verify   ${check.events} events, all is well`);
  return check;
}

export async function runBackupLabels(ui: Ui): Promise<Backup> {
  const backup = await backupLabels(labelFile(), backupFolder(), new Date());
  const size = (backup.bytes / 1e6).toFixed(1);
  ui.say(`backup   ${backup.file}  ${size} MB, ${backup.events} events`);
  return backup;
}

/** @param backup a file, or "newest". */
export async function runRestoreLabels(
  backup: string,
  ui: Ui,
): Promise<Restored> {
  const file = backup === "newest" ? newest() : backup;
  const restored = await restoreLabels(
    file,
    labelFile(),
    backupFolder(),
    new Date(),
  );
  if (restored.saved !== null) ui.say(`saved    ${restored.saved}`);
  ui.say(`restore  ${restored.events} events of ${file}`);
  return restored;
}

function newest(): string {
  const [file] = listBackups(backupFolder());
  if (file !== undefined) return file;
  throw new AppError("not_found", `There is no backup in ${backupFolder()}.`);
}
