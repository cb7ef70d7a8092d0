import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { AppError } from "#lib/errors";

/**
 * A password from the person at the terminal, not shown while it is typed, or
 * the first line of what is piped in. Never from the arguments: every process
 * of the machine can read those.
 *
 * @throws AppError "invalid" when there is none.
 */
export async function readPassword(
  question: string,
  signal: AbortSignal,
): Promise<string> {
  const { stdin, stderr } = process;
  const terminal = stdin.isTTY;
  if (terminal) stderr.write(question);
  const lines = createInterface({
    input: stdin,
    // What readline would echo goes nowhere.
    output: new Writable({
      write: (_chunk, _encoding, done) => {
        done();
      },
    }),
    terminal,
    signal,
  });
  try {
    for await (const line of lines) return line;
  } finally {
    lines.close();
    if (terminal) stderr.write("\n");
  }
  throw new AppError(
    "invalid",
    "There is no password: type it at the terminal, or pipe it in as one line.",
  );
}
