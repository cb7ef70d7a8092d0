import { Agent, get, type IncomingMessage } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

/** Until a page's own EventSource comes back, unless the server says else. */
const RETRY_MS = 1000;

/**
 * Follows /api/live as a page does: comes back when the stream ends, and says
 * what it saw last.
 *
 * @param onChange is told the id of every event.
 */
export async function listen(
  address: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  onChange: (id: string) => void,
): Promise<void> {
  let lastId: string | undefined;
  while (!signal.aborted) {
    try {
      const seen = lastId === undefined ? {} : { "last-event-id": lastId };
      const stream = await open(address, { ...headers, ...seen }, signal);
      for await (const message of messages(stream)) {
        if (message.id !== undefined) lastId = message.id;
        if (message.event !== "change") continue;
        onChange((JSON.parse(message.data) as { id: string }).id);
      }
    } catch {
      // The server was killed, or the listening is over.
    }
    await wait(RETRY_MS, undefined, { signal }).catch(() => undefined);
  }
}

function open(
  address: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const agent = new Agent();
    const request = get(
      `${address}/api/live`,
      { agent, headers, signal },
      (response) => {
        if (response.statusCode === 200) resolve(response);
        else reject(new Error(`live: ${response.statusCode}`));
      },
    );
    request.on("error", reject);
  });
}

interface Message {
  event: string;
  id: string | undefined;
  data: string;
}

async function* messages(stream: IncomingMessage): AsyncGenerator<Message> {
  stream.setEncoding("utf8");
  let rest = "";
  for await (const chunk of stream as AsyncIterable<string>) {
    const blocks = (rest + chunk).split("\n\n");
    rest = blocks.pop()!;
    for (const block of blocks) {
      const field = (name: string) =>
        new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1];
      yield {
        event: field("event") ?? "",
        id: field("id"),
        data: field("data") ?? "",
      };
    }
  }
}
