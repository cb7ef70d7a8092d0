import { resolveModel } from "#lib/gpt2/index";
import type { Progress } from "../_cli/progress";
import type { StepUi } from "./console";

/** The folder of a model, with a bar for each file that is fetched. */
export function openModelFolder(name: string, ui: StepUi): Promise<string> {
  const bars = new Map<string, Progress>();
  return resolveModel(name, {
    signal: ui.signal,
    onProgress: (file, bytes, total) => {
      const bar =
        bars.get(file) ?? ui.progress(`fetch ${file}`, { unit: "bytes" });
      bars.set(file, bar);
      bar.update(bytes, "", total);
      if (bytes === total) bar.finish();
    },
  });
}
