import { join } from "node:path";
import { z } from "zod";
import { AppError } from "#lib/errors";
import { downloadFile } from "./download";
import { hubSettings, type HubSettings } from "./hub-settings";
import { headersFor, refusal } from "./remote-file";

const TEXT_FILE = /\.(txt|jsonl|ndjson|parquet)$/i;

const listingSchema = z.looseObject({
  siblings: z.array(z.looseObject({ rfilename: z.string() })),
});

/**
 * Fetches a data set's text files (.txt, .jsonl, .parquet).
 *
 * @returns the folder that holds them.
 * @throws AppError when it has none, or cannot be had.
 */
export async function fetchDataset(
  repo: string,
  options: { hub?: HubSettings; signal?: AbortSignal } = {},
): Promise<string> {
  const hub = options.hub ?? hubSettings();
  const files = (await listFiles(repo, hub, options.signal)).filter((file) =>
    TEXT_FILE.test(file),
  );
  if (files.length === 0) {
    throw new AppError(
      "invalid",
      `The data set ${repo} has no .txt, .jsonl or .parquet files.`,
    );
  }
  let folder = "";
  for (const file of files) {
    const path = await downloadFile({
      ...options,
      repo,
      kind: "dataset",
      file,
      hub,
    });
    folder = path.slice(0, path.length - join("/", file).length);
  }
  return folder;
}

async function listFiles(
  repo: string,
  hub: HubSettings,
  signal?: AbortSignal,
): Promise<string[]> {
  const url = `${hub.endpoint}/api/datasets/${repo}/revision/main`;
  if (hub.offline) {
    throw new AppError(
      "unavailable",
      `HF_HUB_OFFLINE forbids to ask the hub for the data set ${repo}: give the folder of its files instead.`,
    );
  }
  let response: Response;
  try {
    response = await fetch(url, {
      headers: headersFor(url, hub),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new AppError(
      "unavailable",
      `The hub (${hub.endpoint}) cannot be reached to fetch the data set ${repo}: go online, or give a local file.`,
      { cause: error },
    );
  }
  if (!response.ok) throw refusal(response.status, repo, "such data set");
  const parsed = listingSchema.safeParse(
    await response.json().catch(() => undefined),
  );
  if (!parsed.success) {
    throw new AppError(
      "unavailable",
      `The hub's list of ${repo} is unreadable.`,
    );
  }
  return parsed.data.siblings.map((s) => s.rfilename);
}
