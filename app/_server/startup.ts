import { labels } from "./databases";
import { describeIncoming } from "./incoming";

/** What the web server has to know before it answers. */
export function startUp(): void {
  describeIncoming();
  assertLabelDatabase();
}

/** @throws AppError "unavailable" unless the labels can be read and written. */
function assertLabelDatabase(): void {
  labels();
}
