import { labels } from "./databases";
import { describeIncoming } from "./incoming";
import { timeAnswers } from "./server-timing";

/** What the web server has to know before it answers. */
export function startUp(): void {
  describeIncoming();
  timeAnswers();
  assertLabelDatabase();
}

/** @throws AppError "unavailable" unless the labels can be read and written. */
function assertLabelDatabase(): void {
  labels();
}
