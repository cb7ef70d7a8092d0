import { ablate } from "./ablate";
import { attribute } from "./attribute";
import type { Lens, LensKey } from "./engine";
import { featureValues } from "./feature-values";
import { textLosses } from "./losses";
import { readText } from "./read-text";

/** What the process does with a lens, by name. */
export const WORK = {
  /** Nothing: the lens is open by then. */
  prepare: (lens: Lens, request: Record<string, never>) =>
    Promise.resolve({ model: lens.model.name, ...request }),
  read: readText,
  losses: textLosses,
  attribute,
  featureValues,
  ablate,
};

export type WorkName = keyof typeof WORK;
export type WorkRequest<N extends WorkName> = Parameters<(typeof WORK)[N]>[1];
export type WorkAnswer<N extends WorkName> = Awaited<
  ReturnType<(typeof WORK)[N]>
>;

/** What goes to the process … */
export interface Order {
  id: number;
  name: WorkName;
  key: LensKey;
  request: WorkRequest<WorkName>;
}

/** … and what comes back. */
export type Reply = { id: number } & (
  | { answer: WorkAnswer<WorkName> }
  /** An `AppError`, to be thrown again. */
  | { refusal: { code: string; message: string; details: unknown } }
  /** Anything else, for the log. */
  | { failure: string }
);
