import { subscribe } from "node:diagnostics_channel";
import type { ServerResponse } from "node:http";

/**
 * From now on every answer of this process says how long it took until its
 * head was sent (`Server-Timing: total`): for the API until it was complete,
 * for a page until the first of it was. The browser's network panel shows it.
 */
export function timeAnswers(): void {
  subscribe("http.server.request.start", (message) => {
    const { response } = message as { response: ServerResponse };
    const began = performance.now();
    const writeHead = response.writeHead.bind(response) as (
      ...all: unknown[]
    ) => ServerResponse;
    response.writeHead = (...all: unknown[]) => {
      if (!response.headersSent) {
        const took = (performance.now() - began).toFixed(1);
        response.setHeader("server-timing", `total;dur=${took}`);
      }
      return writeHead(...all);
    };
  });
}
