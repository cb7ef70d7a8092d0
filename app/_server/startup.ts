import { labels } from "./databases";

/** @throws AppError "unavailable" unless the labels can be read and written. */
export function assertLabelDatabase(): void {
  labels();
}
