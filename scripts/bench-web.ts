import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { settings } from "#lib/config";
import { AppError } from "#lib/errors";
import { Rng } from "#lib/random";
import { formatTable, type Row } from "./bench/table";
import { measureBrowser, type BrowserResult } from "./bench-web/browser";
import { prepareData, type DataSize } from "./bench-web/data";
import {
  measureKinds,
  measureMixture,
  type KindResult,
} from "./bench-web/load";
import { KINDS, type Kind } from "./bench-web/requests";
import { withServer } from "./bench-web/server";
import { defineCommand, main } from "./_cli/command";
import { runBuild } from "./_steps/build";

/** What the acceptance names; the others are told beside them. */
const HEADLINES = [
  "featurePage",
  "featureTable",
  "searchLabel",
  "searchText",
  "searchOwnText",
] as const satisfies Kind[];

const command = defineCommand({
  name: "bench:web",
  summary:
    "Measures the web app: the production server under clients that ask once a second and without pause, the first load of a feature page, and the maps while they are moved.",
  options: {
    features: {
      type: "integer",
      default: 131_072,
      min: 64,
      help: "features of the generated index",
    },
    examples: {
      type: "integer",
      default: 40,
      min: 1,
      help: "contexts a feature",
    },
    labels: {
      type: "integer",
      default: 5000,
      min: 0,
      help: "features with a label",
    },
    data: {
      type: "string",
      placeholder: "folder",
      help: "where the index is made and kept; default: DATA_DIR/bench-web",
    },
    clients: { type: "integer", default: 20, min: 1, help: "clients at once" },
    seconds: {
      type: "number",
      default: 4,
      min: 0.1,
      help: "length of a repetition",
    },
    repetitions: {
      type: "integer",
      default: 5,
      min: 1,
      help: "runs of which the median counts",
    },
    seed: { type: "integer", default: 0, min: 0, help: "seed of everything" },
    only: { type: "string", help: `what to ask for, of ${KINDS.join(",")}` },
    browser: {
      type: "boolean",
      default: true,
      help: "do not measure pages in Chromium",
    },
    quick: { type: "boolean", help: "tiny sizes: does it run at all?" },
  },
  async run({ options: o, signal, json, say, progress, result }) {
    const ui = { say, progress, signal };
    const kinds = kindsOf(o.only);
    const temporary = o.quick
      ? await mkdtemp(join(tmpdir(), "monolex-bench-web-"))
      : undefined;
    process.env["DATA_DIR"] =
      temporary ?? o.data ?? join(settings().dataDir, "bench-web");
    const size: DataSize = {
      features: o.features,
      examples: o.examples,
      labels: o.labels,
      tokens: 4_000_000,
      seed: o.seed,
      ...(o.quick ? QUICK : {}),
    };
    const load = {
      clients: o.clients,
      seconds: o.quick ? 0.2 : o.seconds,
      pauseMs: 0,
      repetitions: o.quick ? 1 : o.repetitions,
      seed: o.seed,
    };
    // Enough requests to tell a 95th percentile.
    const paced = {
      ...load,
      pauseMs: o.quick ? 20 : 1000,
      seconds: 3 * load.seconds,
    };
    try {
      await runBuild(ui);
      const site = await prepareData(size, ui);
      const rng = Rng.of(o.seed, 11);
      const document = await withServer(ui, async (server) => {
        say("  without pause");
        const of = await measureKinds(server, site, load, kinds, say);
        say("  each client about once a second");
        const calm = await measureKinds(server, site, paced, kinds, say);
        const mixture = await measureMixture(server, site, load, (n) =>
          rng.below(n),
        );
        const browser = o.browser
          ? await measureBrowser(server.address, site, load, ui)
          : null;
        return report(of, calm, mixture, browser, { ...size, ...load });
      });
      if (!json) for (const line of tables(document)) say(line);
      result(document);
    } finally {
      if (temporary) await rm(temporary, { recursive: true, force: true });
    }
  },
});

const QUICK = { features: 300, examples: 9, labels: 40, tokens: 60_000 };

function kindsOf(only: string | undefined): readonly Kind[] {
  if (only === undefined) return KINDS;
  return only.split(",").map((name) => {
    const kind = KINDS.find((known) => known === name);
    if (kind !== undefined) return kind;
    throw new AppError(
      "bad_request",
      `There is no "${name}" to measure; choose from ${KINDS.join(", ")}.`,
    );
  });
}

function report(
  kinds: Partial<Record<Kind, KindResult>>,
  calm: Partial<Record<Kind, KindResult>>,
  mixture: KindResult,
  browser: BrowserResult | null,
  load: Record<string, number>,
) {
  const p95 = (of: typeof kinds): Record<string, number | null> =>
    Object.fromEntries(
      HEADLINES.map((kind) => [kind, of[kind]?.server.p95 ?? null]),
    );
  return {
    /** Server time, of clients that ask without pause. */
    p95Ms: p95(kinds),
    /** The same, of as many clients that ask about once a second. */
    p95MsOnceASecond: p95(calm),
    /** Of everything but own text, mixed. */
    requestsPerSecond: mixture.requestsPerSecond,
    kinds: { ...kinds, mixture },
    onceASecond: calm,
    browser,
    load: { ...load, cores: cpus().length },
  };
}

function tables(document: ReturnType<typeof report>): string[] {
  const row = ([kind, r]: [string, KindResult]): Row => ({
    kind,
    serverP50: r.server.p50,
    serverP95: r.server.p95,
    serverMax: r.server.max,
    clientP50: r.client.p50,
    clientP95: r.client.p95,
    perSecond: r.requestsPerSecond,
    kB: r.bytesPerAnswer / 1000,
    failed: r.failed,
  });
  const { browser } = document;
  return [
    "",
    ...formatTable(
      "requests, each client about once a second (milliseconds)",
      Object.entries(document.onceASecond).map(row),
    ),
    "",
    ...formatTable(
      "requests without pause (milliseconds)",
      Object.entries(document.kinds).map(row),
    ),
    ...(browser === null
      ? []
      : ["", ...formatTable("browser", [flat(browser)])]),
  ];
}

function flat({ featurePage, scatter, atlas }: BrowserResult): Row {
  return {
    javascriptKB: featurePage.javascriptBytes / 1000,
    totalKB: featurePage.totalBytes / 1000,
    lcpMs: featurePage.lcpMs,
    scatterLongestTaskMs: scatter?.longestTaskMs ?? null,
    scatterFramesPerSecond: scatter?.framesPerSecond ?? null,
    atlasLongestTaskMs: atlas?.longestTaskMs ?? null,
    atlasFramesPerSecond: atlas?.framesPerSecond ?? null,
  };
}

await main(command);
