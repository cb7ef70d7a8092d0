// The process that runs models for the web server: see LensProcess.
import { availableParallelism, setPriority } from "node:os";
import { AppError } from "#lib/errors";
import { Lenses, type Lens } from "./engine";
import { WORK, type Order, type Reply } from "./work";

// Pages come first.
const NICENESS = 10;

// ONNX Runtime's threads wait for each other in a busy loop: one too many, and
// they and the server's pages slow each other down.
const lenses = new Lenses(Math.max(1, availableParallelism() - 1));
let tail = Promise.resolve();

process.on("message", (order: Order) => {
  tail = tail.then(async () => {
    process.send?.(await reply(order));
  });
});
// The server is gone.
process.on("disconnect", () => process.exit(0));
// Ctrl-C reaches the whole group; the server says when to end.
process.on("SIGINT", () => undefined);
try {
  setPriority(NICENESS);
} catch {
  // Not everywhere is it allowed; it is a courtesy only.
}

async function reply({ id, name, key, request }: Order): Promise<Reply> {
  try {
    const work = WORK[name] as (lens: Lens, request: unknown) => Promise<never>;
    return { id, answer: await work(await lenses.open(key), request) };
  } catch (error) {
    if (error instanceof AppError) {
      const { code, message, details } = error;
      return { id, refusal: { code, message, details } };
    }
    const text = error instanceof Error ? error.stack : undefined;
    return { id, failure: text ?? String(error) };
  }
}
