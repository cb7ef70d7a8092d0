import Database from "better-sqlite3";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { isSound, verifyLabels } from "#lib/db/index";
import { readJournals } from "./bench-labels/journal";
import { KillableServer } from "./bench-labels/killable-server";
import { runLoad, type Load } from "./bench-labels/load";
import { connect, makePeople } from "./bench-labels/people";
import { readBack, type ReadBack } from "./bench-labels/read-back";
import { reckonLog, type Reckoning } from "./bench-labels/reckoning";
import { spread } from "./bench-web/load";
import { freePort } from "./bench-web/server";
import { defineCommand, main } from "./_cli/command";
import { runBuild } from "./_steps/build";
import { runGenerate } from "./_steps/generate-index";
import { runMigrate } from "./_steps/migrate";

const command = defineCommand({
  name: "bench:labels",
  summary:
    "Lets many simulated people label, vote and comment at once on the production server, kills it now and then, and counts what was lost.",
  options: {
    people: { type: "integer", default: 50, min: 2, help: "people at once" },
    writes: {
      type: "integer",
      default: 20_000,
      min: 1,
      help: "writes in all, spread over the time",
    },
    seconds: {
      type: "number",
      default: 600,
      min: 1,
      help: "the longest it takes",
    },
    pace: {
      type: "boolean",
      default: true,
      help: "everybody writes without pause, not spread over the time",
    },
    killEvery: {
      type: "number",
      default: 0,
      min: 0,
      help: "seconds between kills (-9) of the server; 0: none",
    },
    listeners: {
      type: "integer",
      default: 5,
      min: 0,
      help: "live streams that are timed",
    },
    features: {
      type: "integer",
      default: 1000,
      min: 2,
      help: "features they work on",
    },
    seed: { type: "integer", default: 0, min: 0, help: "seed of everything" },
    quick: { type: "boolean", help: "small sizes: does it hold at all?" },
  },
  examples: [
    "npm run -s bench:labels -- --json",
    "npm run bench:labels -- --kill-every 30",
  ],
  async run({ options: o, signal, json, say, progress, result, fail }) {
    const ui = { say, progress, signal };
    const folder = await mkdtemp(join(tmpdir(), "monolex-bench-labels-"));
    process.env["DATA_DIR"] = folder;
    const plan = {
      sae: "load",
      paced: o.pace,
      ...o,
      ...(o.quick ? QUICK : {}),
    };
    let server: KillableServer | undefined;
    try {
      await runBuild(ui);
      runMigrate(ui);
      const { features, seed } = plan;
      const size = { features, seed, examples: 9, tokens: 60_000 };
      await runGenerate({ saeId: plan.sae, ...size, restart: false }, ui);
      const accounts = await makePeople(plan.people);
      server = new KillableServer(await freePort());
      await server.start();
      const load = await runLoad(server, accounts, plan, folder, ui);
      const journals = readJournals(load.journals);
      say("check    what the API shows …");
      const reader = await connect(server.address, accounts[1]!);
      const shown = await readBack(reader, plan.sae, journals);
      reader.close();
      await server.stop();
      say("check    what the event log holds …");
      const file = join(folder, "labels.sqlite");
      const db = new Database(file, { readonly: true });
      const kept = reckonLog(db, journals);
      db.close();
      const sound = isSound(verifyLabels(file));
      const document = report(plan, server, load, shown, kept, sound);
      if (!json) for (const line of lines(document)) say(line);
      result(document);
      if (document.lost + document.duplicated > 0 || !sound) fail();
    } finally {
      await server?.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
});

const QUICK = {
  people: 6,
  writes: 150,
  seconds: 12,
  killEvery: 4,
  listeners: 2,
  features: 40,
};

function report(
  plan: { people: number; paced: boolean; killEvery: number },
  { restarts, downMs }: KillableServer,
  { tally, delays, seconds }: Load,
  shown: ReadBack,
  kept: Reckoning,
  sound: boolean,
) {
  const heard = delays.summary();
  const live = spread(heard.milliseconds);
  const writes = spread(tally.writes);
  return {
    writes: tally.writes.length,
    // One that is missing in both is one.
    lost: new Set([...shown.lost, ...kept.lost]).size,
    duplicated: new Set([...shown.duplicated, ...kept.duplicated]).size,
    writeP95Ms: writes.p95,
    liveP95Ms: number(live.p95),
    restarts,
    writeP50Ms: writes.p50,
    writeMaxMs: writes.max,
    /** From the first sending: waits for a killed server included. */
    untilAcknowledgedP95Ms: spread(tally.untilAcknowledged).p95,
    liveP50Ms: number(live.p50),
    liveMaxMs: number(live.max),
    /** Events that a listener never heard of. */
    unheard: heard.unheard,
    readP95Ms: number(spread(tally.reads).p95),
    writesPerSecond: tally.writes.length / seconds,
    reads: tally.reads.length,
    retries: tally.retries,
    limited: tally.limited,
    refused: tally.refused,
    unacknowledged: kept.unacknowledged,
    /** The longest the server was away, from kill to answer. */
    downMaxMs: downMs.length > 0 ? Math.max(...downMs) : 0,
    sound,
    seconds,
    people: plan.people,
    paced: plan.paced,
    killEvery: plan.killEvery,
    cores: cpus().length,
  };
}

/** JSON knows no NaN: what was not measured is null. */
const number = (value: number) => (Number.isNaN(value) ? null : value);

function lines(document: ReturnType<typeof report>): string[] {
  const ms = (value: number | null) =>
    value === null ? "–" : `${value.toFixed(1)} ms`;
  const d = document;
  return [
    "",
    `writes       ${d.writes} by ${d.people} people, ${d.writesPerSecond.toFixed(1)} a second`,
    `lost         ${d.lost}`,
    `duplicated   ${d.duplicated}`,
    `write        p50 ${ms(d.writeP50Ms)}, p95 ${ms(d.writeP95Ms)}, longest ${ms(d.writeMaxMs)}`,
    `with waits   p95 ${ms(d.untilAcknowledgedP95Ms)} from the first sending`,
    `live         p50 ${ms(d.liveP50Ms)}, p95 ${ms(d.liveP95Ms)}, longest ${ms(d.liveMaxMs)}; ${d.unheard} never heard`,
    `restarts     ${d.restarts}, down at most ${ms(d.downMaxMs)}; ${d.retries} sent again`,
    `held back    ${d.limited} by limits, ${d.refused} refused`,
    `log          ${d.sound ? "sound" : "NOT as the events say (labels:verify)"}`,
  ];
}

await main(command);
