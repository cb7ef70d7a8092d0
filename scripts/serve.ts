import { isLoopback } from "#lib/loopback";
import { settings } from "#lib/config";
import { AppError } from "#lib/errors";
import { defineCommand, main } from "./_cli/command";
import { isBuilt } from "./_steps/build";
import { runMigrate } from "./_steps/migrate";
import { hasAdmin } from "./_steps/people";
import { runServe } from "./_steps/serve";

const command = defineCommand({
  name: "start",
  summary:
    "Serves the web app. Brings the label database to the present schema first.",
  options: {
    port: {
      type: "integer",
      min: 1,
      max: 65535,
      help: "default: PORT or 3000",
    },
    host: { type: "string", help: "default: HOST or 127.0.0.1" },
    dev: { type: "boolean", help: "development server: reloads on changes" },
  },
  async run({ options: o, signal, say, progress }) {
    const { host, port, login } = settings();
    if (!o.dev && !(await isBuilt())) {
      throw new AppError(
        "unavailable",
        "The web app is not built from the present sources: run `npm run demo`, or `npm run build:web`.",
      );
    }
    const ui = { say, progress, signal };
    runMigrate(ui);
    const served = o.host ?? host;
    const required = login === "required" || !isLoopback(served);
    if (required && !hasAdmin()) {
      say(
        "people   nobody can log in yet: npm run people -- add <name> --role admin",
      );
    }
    await runServe(
      { host: served, port: o.port ?? port, dev: o.dev },
      ui,
      (address) => {
        say(`serve    ${address}  (Ctrl-C stops)`);
      },
    );
  },
});

await main(command);
