import { Rng } from "#lib/random";
import { median } from "../bench/median";
import { drive } from "./clients";
import { KINDS, requests, type Kind, type Site } from "./requests";
import type { MeasuredServer } from "./server";

/** Milliseconds of many requests: of each repetition, then the median. */
export interface Spread {
  p50: number;
  p95: number;
  max: number;
}

export interface KindResult {
  /** Inside the server: from a request's head to its answer's last byte. */
  server: Spread;
  /** At the client: waiting for a connection's turn included. */
  client: Spread;
  requestsPerSecond: number;
  bytesPerAnswer: number;
  requests: number;
  /** Answers that were no 200. */
  failed: number;
}

export interface LoadOptions {
  clients: number;
  seconds: number;
  /** See `Drive`. */
  pauseMs: number;
  repetitions: number;
  seed: number;
}

/** Drives every kind of request by itself. */
export async function measureKinds(
  server: MeasuredServer,
  site: Site,
  options: LoadOptions,
  kinds: readonly Kind[],
  say: (line: string) => void,
): Promise<Partial<Record<Kind, KindResult>>> {
  const next = requests(site, options.seed);
  const results: Partial<Record<Kind, KindResult>> = {};
  for (const kind of kinds) {
    const runs: KindResult[] = [];
    // The first run, which does not count, compiles and fills caches.
    for (let run = 0; run <= options.repetitions; run++) {
      const tag = `${kind}-${options.pauseMs}-${run}`;
      const result = await once(server, tag, options, next[kind]);
      if (run > 0) runs.push(result);
    }
    results[kind] = middle(runs);
    const { server: inside, client, requestsPerSecond } = results[kind];
    say(
      `  ${kind.padEnd(18)} server p95 ${inside.p95.toFixed(1)} ms, client p95 ${client.p95.toFixed(1)} ms, ${requestsPerSecond.toFixed(0)} requests/s`,
    );
  }
  return results;
}

/** Everything at once, each client drawing what it asks for. */
export async function measureMixture(
  server: MeasuredServer,
  site: Site,
  options: LoadOptions,
  draw: (choices: number) => number,
): Promise<KindResult> {
  const next = requests(site, options.seed + 1);
  const kinds = KINDS.filter((kind) => kind !== "searchOwnText");
  const runs: KindResult[] = [];
  for (let run = 0; run <= options.repetitions; run++) {
    const result = await once(server, `mixture-${run}`, options, () =>
      next[kinds[draw(kinds.length)]!](),
    );
    if (run > 0) runs.push(result);
  }
  return middle(runs);
}

async function once(
  server: MeasuredServer,
  tag: string,
  { clients, seconds, pauseMs, seed }: LoadOptions,
  next: Parameters<typeof drive>[3],
): Promise<KindResult> {
  const load = { clients, seconds, pauseMs, tag };
  const driven = await drive(server.address, load, Rng.of(seed, 13), next);
  const count = driven.milliseconds.length;
  const failures = Object.values(driven.failures);
  return {
    server: spread(await server.times(tag)),
    client: spread(driven.milliseconds),
    requestsPerSecond: count / driven.seconds,
    bytesPerAnswer: driven.bytes / count,
    requests: count,
    failed: failures.reduce((a, b) => a + b, 0),
  };
}

export function spread(milliseconds: readonly number[]): Spread {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

function middle(runs: readonly KindResult[]): KindResult {
  const of = (read: (run: KindResult) => number) => median(runs.map(read));
  const spreadOf = (side: "server" | "client"): Spread => ({
    p50: of((run) => run[side].p50),
    p95: of((run) => run[side].p95),
    max: of((run) => run[side].max),
  });
  const sum = (read: (run: KindResult) => number) =>
    runs.reduce((total, run) => total + read(run), 0);
  return {
    server: spreadOf("server"),
    client: spreadOf("client"),
    requestsPerSecond: of((run) => run.requestsPerSecond),
    bytesPerAnswer: of((run) => run.bytesPerAnswer),
    requests: sum((run) => run.requests),
    failed: sum((run) => run.failed),
  };
}
