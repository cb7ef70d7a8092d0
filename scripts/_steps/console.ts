import type { Progress } from "../_cli/progress";

/** How a step talks to whoever runs it: a command, or the demo. */
export interface StepUi {
  say(line?: string): void;
  progress(
    label: string,
    options: { unit: string; total?: number; from?: number },
  ): Progress;
  signal: AbortSignal;
}
