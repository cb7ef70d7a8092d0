import { setPriority } from "node:os";
import { AppError } from "#lib/errors";
import { defineCommand, main } from "./_cli/command";
import { runMatch } from "./_steps/match";

/** Cosine from which the report calls two features the same. */
const SAME = 0.7;

const command = defineCommand({
  name: "match",
  summary:
    "Matches the features of two SAEs by the cosine of their decoder directions; the app's comparison of the two reads it.",
  options: {
    a: { type: "string", help: "one SAE's name", placeholder: "sae" },
    b: { type: "string", help: "the other's", placeholder: "sae" },
    restart: { type: "boolean", help: "match again even if it is done" },
    threads: { type: "integer", min: 1, help: "default: every core" },
  },
  examples: ["npm run match -- --a gpt2-l8-topk --b gpt2-l8-jumprelu"],
  async run({ options: o, signal, say, progress, result }) {
    if (o.a === undefined || o.b === undefined) {
      throw new AppError(
        "bad_request",
        "Name two SAEs: npm run match -- --a <sae> --b <sae>.",
      );
    }
    const { file, status, bytes, manifest } = await runMatch(
      {
        a: o.a,
        b: o.b,
        restart: o.restart,
        ...(o.threads === undefined ? {} : { threads: o.threads }),
        onProgress: (done, total) => process.send?.({ done, total }),
      },
      { say, progress, signal },
    );
    manifest.sides.forEach(({ saeId, dSae }, side) => {
      const { meanCosine, mutual } = manifest.summaries[side]!.all;
      const same = mutual[Math.round(100 * SAME)]!;
      say(
        `         ${saeId}: mean best cosine ${meanCosine.toFixed(3)}; ${same} of ${dSae} have a mutual match of at least ${SAME}`,
      );
    });
    say(`wrote    ${file} (${(bytes / 1e6).toFixed(1)} MB)`);
    const [first, second] = manifest.sides;
    say(
      `next     npm start, then /compare?a=${encodeURIComponent(first.saeId)}&b=${encodeURIComponent(second.saeId)}`,
    );
    result({ file, status, bytes, ...manifest });
  },
});

// Started by the app: it comes second to what people look at, and ends with it.
if (process.send) {
  setPriority(10);
  process.on("disconnect", () => process.exit(1));
}

await main(command);
