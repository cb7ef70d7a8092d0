import { Agent, request as httpRequest } from "node:http";
import type { Rng } from "#lib/random";

export interface WebRequest {
  path: string;
  /** JSON that is posted; without one it is a GET. */
  body?: string;
}

export interface Driven {
  /** Milliseconds of each answer, from sending to its last byte. */
  milliseconds: number[];
  /** Bytes of all answers, compressed as they came. */
  bytes: number;
  seconds: number;
  /** Answers that were no 200, by status. */
  failures: Record<number, number>;
}

export interface Drive {
  clients: number;
  seconds: number;
  /** Milliseconds between a client's answer and its next request, on average. */
  pauseMs: number;
  /** What the server's own clock notes the requests under. */
  tag: string;
}

/**
 * So many clients, each on a connection of its own, ask one thing after the
 * other for so many seconds.
 *
 * @param rng draws the pauses: from none to twice as long as the average
 * @param next makes the next request
 */
export async function drive(
  address: string,
  options: Drive,
  rng: Rng,
  next: () => WebRequest,
): Promise<Driven> {
  const driven: Driven = {
    milliseconds: [],
    bytes: 0,
    seconds: 0,
    failures: {},
  };
  const began = performance.now();
  const until = began + 1000 * options.seconds;
  const pause = () =>
    new Promise((then) => {
      setTimeout(then, 2 * rng.uniform() * options.pauseMs);
    });
  const one = async (): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    do {
      if (options.pauseMs > 0) await pause();
      const sent = performance.now();
      const answer = await ask(address, agent, options.tag, next());
      driven.milliseconds.push(performance.now() - sent);
      driven.bytes += answer.bytes;
      if (answer.status !== 200) {
        const known = driven.failures[answer.status] ?? 0;
        driven.failures[answer.status] = known + 1;
      }
    } while (performance.now() < until);
    agent.destroy();
  };
  await Promise.all(Array.from({ length: options.clients }, one));
  driven.seconds = (performance.now() - began) / 1000;
  return driven;
}

function ask(
  address: string,
  agent: Agent,
  tag: string,
  { path, body }: WebRequest,
): Promise<{ status: number; bytes: number }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      address + path,
      {
        agent,
        method: body === undefined ? "GET" : "POST",
        headers: {
          "x-bench": tag,
          // As browsers ask; nothing is unpacked here.
          "accept-encoding": "gzip, deflate, br",
          accept: body === undefined ? "text/html,*/*" : "application/json",
          ...(body === undefined
            ? {}
            : {
                "content-type": "application/json",
                "content-length": Buffer.byteLength(body),
              }),
        },
      },
      (response) => {
        let bytes = 0;
        response.on("data", (chunk: Buffer) => {
          bytes += chunk.byteLength;
        });
        response.on("error", reject);
        response.on("end", () => {
          resolve({ status: response.statusCode ?? 0, bytes });
        });
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}
