import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Label } from "#lib/contract/index";
import type { Rng } from "#lib/random";
import { LABEL_WORDS } from "../generate/label-words";
import type { Client, Reply } from "./http";
import type { Intent, Journal, WriteKind } from "./journal";
import type { LiveDelays } from "./live-delays";
import type { Tally } from "./tally";

/** Before something without an answer is asked for again. */
const RETRY_MS = 200;

export interface Labelling {
  sae: string;
  features: number;
  /** Mean pause between a person's writes in ms; 0: none. */
  paceMs: number;
  /** Counts a write about to be made; false when there are to be no more. */
  another(): boolean;
  /** After this nothing is asked for again. */
  giveUp: AbortSignal;
}

/** A person's things to work with. */
export interface Labeller {
  id: string;
  client: Client;
  journal: Journal;
  rng: Rng;
}

/**
 * One person at work: labels, votes on others' labels (having looked at them),
 * comments, and now and then a change of an own label. Whatever has no answer
 * is sent again under the same key.
 */
export async function labelOn(
  person: Labeller,
  plan: Labelling,
  tally: Tally,
  delays: LiveDelays,
): Promise<void> {
  const { paceMs } = plan;
  const { rng } = person;
  let due = performance.now() + paceMs * rng.uniform();
  for (;;) {
    const pause = due - performance.now();
    if (pause > 0) await wait(pause);
    if (!plan.another()) return;
    const intent = await choose(person, plan, tally);
    if (intent === undefined) return;
    await write(person, intent, plan, tally, delays);
    // One who was held up does not hurry to make up for it.
    const next = paceMs * (0.5 + rng.uniform());
    due = Math.max(due + next, performance.now());
  }
}

async function choose(
  person: Labeller,
  plan: Labelling,
  tally: Tally,
): Promise<Intent | undefined> {
  const { id, rng } = person;
  const feature = rng.below(plan.features);
  const path = `/api/saes/${plan.sae}/features/${feature}`;
  const key = randomUUID();
  const about = { key, person: id, feature, label: null };
  const text = `${words(rng)} ${key}`;
  const label = (): Intent => ({
    ...about,
    ...{ kind: "label", method: "POST" },
    path: `${path}/labels`,
    body: { text },
  });
  const wanted = draw(rng.uniform());
  if (wanted === "label") return label();
  if (wanted === "comment") {
    return {
      ...about,
      ...{ kind: "comment", method: "POST" },
      path: `${path}/comments`,
      body: { text },
    };
  }
  const shown = await read(person.client, `${path}/labels`, plan, tally);
  if (shown === undefined) return undefined;
  const { labels } = shown as { labels: Label[] };
  const own = wanted === "edit";
  const choices = labels.filter(({ author }) => (author.id === id) === own);
  const chosen = choices[rng.below(Math.max(1, choices.length))];
  if (chosen === undefined) return label();
  const { version } = chosen;
  if (own) {
    return {
      ...{ ...about, label: chosen.id },
      ...{ kind: "edit", method: "PUT" },
      path: `/api/labels/${chosen.id}`,
      body: { note: text, version },
    };
  }
  // Another vote than one has given: one for the same would be no write.
  const values = [1, -1, 0].filter((value) => value !== chosen.myVote);
  return {
    ...{ ...about, label: chosen.id },
    ...{ kind: "vote", method: "PUT" },
    path: `/api/labels/${chosen.id}/votes`,
    body: { value: values[rng.below(2)], version },
  };
}

const draw = (u: number): WriteKind =>
  u < 0.3 ? "label" : u < 0.75 ? "vote" : u < 0.95 ? "comment" : "edit";

const words = (rng: Rng) =>
  Array.from(
    { length: 2 },
    () => LABEL_WORDS[rng.below(LABEL_WORDS.length)]!,
  ).join(" ");

async function read(
  client: Client,
  path: string,
  { giveUp }: Labelling,
  tally: Tally,
): Promise<unknown> {
  while (!giveUp.aborted) {
    const sent = performance.now();
    const reply = await client.send("GET", path).catch(() => undefined);
    if (reply?.status === 200) {
      tally.reads.push(performance.now() - sent);
      return reply.body;
    }
    await wait(RETRY_MS);
  }
  return undefined;
}

async function write(
  { client, journal }: Labeller,
  intent: Intent,
  { giveUp }: Labelling,
  tally: Tally,
  delays: LiveDelays,
): Promise<void> {
  const { key, method, path, body } = intent;
  journal.intend(intent);
  const first = performance.now();
  while (!giveUp.aborted) {
    const sent = performance.now();
    let reply: Reply | undefined;
    try {
      reply = await client.send(method, path, body, { "idempotency-key": key });
    } catch {
      tally.retries++;
    }
    const now = performance.now();
    if (reply && reply.status < 300) {
      journal.acknowledged(key, (reply.body as { id: number }).id);
      delays.acknowledged(key);
      tally.writes.push(now - sent);
      tally.untilAcknowledged.push(now - first);
      return;
    }
    if (reply?.status === 429) tally.limited++;
    else if (reply && reply.status < 500) {
      journal.refused(key, reply.status);
      tally.refused++;
      return;
    }
    await wait(RETRY_MS);
  }
}
