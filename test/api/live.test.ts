import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import type { Label, LabelEvent } from "#lib/contract/index";
import { GET } from "#app/api/live/route";
import { FIXTURE_SAE_ID } from "#test/db/fixture";
import { temporaryFolder } from "#test/db/temporary";
import { writeE2eData } from "#test/e2e-data";
import { personOf } from "./people";

vi.mock("#app/_server/session", async () => ({
  actorOf: (await import("./people")).currentActor,
}));

const folder = temporaryFolder();
type Person = ReturnType<typeof personOf>;
let ada: Person;
let bo: Person;

beforeAll(() => {
  vi.stubEnv("DATA_DIR", folder);
  writeE2eData(folder);
  ada = personOf(folder, "Ada");
  bo = personOf(folder, "Bo");
});

const at = (feature: number) => `/saes/${FIXTURE_SAE_ID}/features/${feature}`;
const write = (who: Person, feature: number, text: string) =>
  who.send<Label>("POST", `${at(feature)}/labels`, { text });

interface Message {
  event: string;
  id?: number;
  data: unknown;
}

/** Opens a stream; `next` waits for the next message of a kind. */
async function listen(who: Person, query: string, lastEventId?: number) {
  // The stream asks who it is for when it is opened.
  await who.ask("GET", "/saes");
  const gone = new AbortController();
  const request = new Request(`http://localhost:3000/api/live?${query}`, {
    signal: gone.signal,
    headers:
      lastEventId === undefined ? {} : { "last-event-id": String(lastEventId) },
  });
  const response = await GET(request, { params: Promise.resolve({}) });
  expect(response.headers.get("cache-control")).toContain("no-transform");
  const reader = response
    .body!.pipeThrough(new TextDecoderStream())
    .getReader();
  let text = "";
  const waiting: Message[] = [];
  const read = async () => {
    const { value, done } = await reader.read();
    if (done) throw new Error("The stream ended.");
    text += value;
    const blocks = text.split("\n\n");
    text = blocks.pop()!;
    for (const block of blocks) {
      const field = (name: string) =>
        new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1];
      const data = field("data");
      if (data === undefined) continue;
      const id = field("id");
      waiting.push({
        event: field("event")!,
        ...(id === undefined ? {} : { id: Number(id) }),
        data: JSON.parse(data) as unknown,
      });
    }
  };
  return {
    async next(event: string): Promise<Message> {
      for (;;) {
        const i = waiting.findIndex((message) => message.event === event);
        if (i >= 0) return waiting.splice(i, 1)[0]!;
        await read();
      }
    },
    leave() {
      gone.abort();
    },
  };
}

const textOf = (message: Message) =>
  (message.data as LabelEvent).payload["text"];

test("others' changes arrive, with their number", async () => {
  const stream = await listen(ada, `sae=${FIXTURE_SAE_ID}&feature=7`);
  const { data } = await stream.next("hello");
  await write(bo, 8, "elsewhere");
  await write(bo, 7, "whales");
  const change = await stream.next("change");
  expect(change).toMatchObject({
    id: (data as { last: number }).last + 2,
    data: { actor: { name: "Bo" }, kind: "label.created", feature: 7 },
  });
  expect(textOf(change)).toBe("whales");
  stream.leave();
});

test("what another process writes arrives too", async () => {
  const stream = await listen(ada, "");
  await stream.next("hello");
  const file = join(folder, "labels.sqlite");
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "test/labels/write-child.ts", file, "child"],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  // It is stopped at its first word, before it has written too much to tell.
  child.stdout.once("data", () => child.kill("SIGKILL"));
  expect(textOf(await stream.next("change"))).toBe("child-0");
  // Until it is gone it may still be writing, and the next test counts events.
  if (child.exitCode === null && child.signalCode === null)
    await once(child, "exit");
  stream.leave();
});

test("who comes back gets what was missed, or is told to look anew", async () => {
  const first = await listen(ada, `sae=${FIXTURE_SAE_ID}`);
  const { id } = await first.next("hello");
  first.leave();
  await write(bo, 20, "missed");
  const back = await listen(ada, `sae=${FIXTURE_SAE_ID}`, id);
  expect(textOf(await back.next("change"))).toBe("missed");
  back.leave();
  const late = await listen(ada, `sae=${FIXTURE_SAE_ID}`, id! + 10_000);
  expect(await late.next("reset")).toMatchObject({ id: id! + 1 });
  late.leave();
});

test("nobody hears of another's bookmarks", async () => {
  const stream = await listen(bo, `sae=${FIXTURE_SAE_ID}`);
  await stream.next("hello");
  await ada.send("PUT", `${at(21)}/bookmark`, { bookmarked: true });
  await write(ada, 21, "after");
  expect(textOf(await stream.next("change"))).toBe("after");
  stream.leave();
});

test("who is looking is seen by the others, until they leave", async () => {
  const scope = `sae=${FIXTURE_SAE_ID}&feature=30`;
  const names = (message: Message) =>
    (message.data as { people: { name: string }[] }).people.map((p) => p.name);
  const first = await listen(ada, scope);
  expect(names(await first.next("presence"))).toEqual(["Ada"]);
  const second = await listen(bo, scope);
  expect(names(await first.next("presence"))).toEqual(["Ada", "Bo"]);
  const asked = () => ada.send("GET", `${at(30)}/presence`);
  expect(await asked()).toMatchObject({
    people: [{ name: "Ada" }, { name: "Bo" }],
  });
  second.leave();
  expect(names(await first.next("presence"))).toEqual(["Ada"]);
  first.leave();
  expect(await asked()).toEqual({ people: [] });
});
