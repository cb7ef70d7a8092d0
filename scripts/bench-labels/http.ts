import { Agent, request as httpRequest } from "node:http";

export interface Reply {
  status: number;
  body: unknown;
  /** What a browser would send back. */
  cookies: string;
}

/** An answer that does not come is given up, and asked for again. */
const TIMEOUT_MS = 10_000;

/** One person's connection to the server: one request at a time. */
export class Client {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  /** @param headers what says who this is, with every request. */
  constructor(
    private readonly address: string,
    private readonly headers: Readonly<Record<string, string>>,
  ) {}

  /** @throws when there is no answer: the write may be done or not. */
  send(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Reply> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const request = httpRequest(
        this.address + path,
        {
          agent: this.agent,
          method,
          timeout: TIMEOUT_MS,
          headers: {
            ...this.headers,
            ...headers,
            ...(text === undefined
              ? {}
              : {
                  "content-type": "application/json",
                  "content-length": Buffer.byteLength(text),
                }),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          // Without its end an answer is none.
          response.on("close", () => {
            if (!response.complete) reject(new Error("The answer was cut."));
          });
          response.on("end", () => {
            const { statusCode = 0, headers: given } = response;
            try {
              const said = Buffer.concat(chunks).toString();
              resolve({
                status: statusCode,
                body: JSON.parse(said) as unknown,
                cookies: (given["set-cookie"] ?? [])
                  .map((cookie) => cookie.split(";")[0]!)
                  .join("; "),
              });
            } catch (error) {
              reject(error as Error);
            }
          });
        },
      );
      request.on("timeout", () => {
        request.destroy(new Error("No answer in time."));
      });
      request.on("error", reject);
      request.end(text);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
