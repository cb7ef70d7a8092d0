import { Agent, request as httpRequest } from "node:http";

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

/**
 * So many clients, each on a connection of its own, ask one thing after the
 * other without pause for so many seconds.
 *
 * @param tag what the server's own clock notes the requests under
 * @param next makes the next request
 */
export async function drive(
  address: string,
  options: { clients: number; seconds: number; tag: string },
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
  const one = async (): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    do {
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
