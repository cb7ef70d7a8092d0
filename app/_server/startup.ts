import { labels } from "./databases";
import { openDirectReads } from "./direct-reads";
import { describeIncoming } from "./incoming";

/** What the web server has to know before it answers. */
export async function startUp(): Promise<void> {
  describeIncoming();
  assertLabelDatabase();
  // In development nothing asks there, and every route would be compiled.
  if (process.env.NODE_ENV === "production") await openDirectReads();
}

/** @throws AppError "unavailable" unless the labels can be read and written. */
function assertLabelDatabase(): void {
  labels();
}
