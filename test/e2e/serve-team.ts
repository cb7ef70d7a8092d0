import { cpSync } from "node:fs";
import { closeConnections } from "#lib/db/index";
import type { StepUi } from "../../scripts/_steps/console";
import { runAdd } from "../../scripts/_steps/people";
import { runServe } from "../../scripts/_steps/serve";
import { TEAM_ADMIN, teamPort } from "./data";

/**
 * Serves a copy of the data to people who log in. There is one admin, made as
 * the command line makes the first.
 */
export function serveTeam(
  dataDir: string,
  teamDir: string,
  port: number,
  ui: StepUi,
): { ready: Promise<void>; ended: Promise<void> } {
  let isReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  const serve = async () => {
    cpSync(dataDir, teamDir, { recursive: true });
    process.env.DATA_DIR = teamDir;
    await runAdd(TEAM_ADMIN.name, "admin", undefined, () =>
      Promise.resolve(TEAM_ADMIN.password),
    );
    closeConnections();
    process.env.DATA_DIR = dataDir;
    await runServe(
      {
        host: "127.0.0.1",
        port: teamPort(port),
        dev: false,
        env: { DATA_DIR: teamDir, LOGIN: "required" },
      },
      ui,
      (address) => {
        ui.say(`serving a team at ${address}`);
        isReady();
      },
    );
  };
  const ended = serve();
  return { ready: Promise.race([ready, ended]), ended };
}
