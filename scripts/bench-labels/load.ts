import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Rng } from "#lib/random";
import type { StepUi } from "../_steps/console";
import { Journal } from "./journal";
import type { KillableServer } from "./killable-server";
import { labelOn } from "./labeller";
import { listen } from "./listen";
import { LiveDelays } from "./live-delays";
import { connect, type Account } from "./people";
import { newTally, type Tally } from "./tally";

/** What is still unanswered then is given up; the server is up again by then. */
const LAST_ANSWERS_MS = 60_000;
/** Until the last events have reached everybody. */
const LAST_EVENTS_MS = 3000;

export interface LoadPlan {
  sae: string;
  features: number;
  writes: number;
  seconds: number;
  /** Spread the writes over the time; else everybody writes without pause. */
  paced: boolean;
  /** Seconds between kills; 0: none. */
  killEvery: number;
  /** How many streams are listened to. */
  listeners: number;
  seed: number;
}

export interface Load {
  tally: Tally;
  delays: LiveDelays;
  seconds: number;
  /** The folder of the journals. */
  journals: string;
}

/** Everybody writes at once, while the server is killed and started again. */
export async function runLoad(
  server: KillableServer,
  accounts: readonly Account[],
  plan: LoadPlan,
  folder: string,
  ui: StepUi,
): Promise<Load> {
  const journals = join(folder, "journals");
  mkdirSync(journals, { recursive: true });
  const people: Parameters<typeof labelOn>[0][] = [];
  for (const [i, account] of accounts.entries()) {
    people.push({
      id: account.id,
      client: await connect(server.address, account),
      journal: new Journal(join(journals, `${i}.jsonl`)),
      rng: Rng.of(plan.seed, 21, i),
    });
  }
  const delays = new LiveDelays();
  const stopListening = new AbortController();
  const listening = accounts
    .filter(({ token }) => token !== null)
    .slice(0, plan.listeners)
    .map(({ token }) =>
      listen(
        server.address,
        { authorization: `Bearer ${token}` },
        stopListening.signal,
        delays.listener(),
      ),
    );
  // Everybody listens before the first write.
  await wait(500);

  const tally = newTally();
  const giveUp = new AbortController();
  const began = performance.now();
  const endsAt = began + 1000 * plan.seconds;
  let left = plan.writes;
  const bar = ui.progress("load", { unit: "writes", total: plan.writes });
  const labelling = {
    sae: plan.sae,
    features: plan.features,
    paceMs: plan.paced
      ? (1000 * plan.seconds * people.length) / plan.writes
      : 0,
    giveUp: giveUp.signal,
    another: () => {
      bar.update(plan.writes - left, `${server.restarts} restarts`);
      if (ui.signal.aborted || performance.now() > endsAt) return false;
      return left-- > 0;
    },
  };
  const working = Promise.all(
    people.map((person) => labelOn(person, labelling, tally, delays)),
  );
  const done = new AbortController();
  const killing = killNowAndThen(server, plan.killEvery, done.signal);
  const patience = setTimeout(
    () => {
      giveUp.abort();
    },
    1000 * plan.seconds + LAST_ANSWERS_MS,
  );
  await working;
  const seconds = (performance.now() - began) / 1000;
  clearTimeout(patience);
  done.abort();
  await killing;
  bar.finish();
  await wait(LAST_EVENTS_MS);
  stopListening.abort();
  await Promise.all(listening);
  for (const { client } of people) client.close();
  return { tally, delays, seconds, journals };
}

async function killNowAndThen(
  server: KillableServer,
  everySeconds: number,
  signal: AbortSignal,
): Promise<void> {
  if (everySeconds === 0) return;
  while (!signal.aborted) {
    await wait(1000 * everySeconds, undefined, { signal }).catch(
      () => undefined,
    );
    if (!signal.aborted) await server.killAndRestart();
  }
}
