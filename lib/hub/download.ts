import {
  copyFile,
  mkdir,
  open,
  readFile,
  rename,
  rm,
  stat,
  symlink,
} from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { setTimeout } from "node:timers/promises";
import { AppError, systemErrorCode } from "#lib/errors";
import { writeFileAtomic } from "#lib/files";
import { matchesEtag } from "./checksum";
import { hubSettings, type HubSettings, type RepoKind } from "./hub-settings";
import {
  describeFile,
  headersFor,
  refusal,
  type RemoteFile,
} from "./remote-file";

export interface DownloadOptions {
  /** e.g. "gpt2" or "openai-community/gpt2-medium". */
  repo: string;
  kind: RepoKind;
  /** Path inside the repository. */
  file: string;
  revision?: string;
  hub?: HubSettings;
  onProgress?: (bytes: number, total: number | undefined) => void;
  signal?: AbortSignal;
}

const REPO = /^[\w-][\w.-]*(\/[\w-][\w.-]*)?$/;

/**
 * A file of the hub, from the cache or fetched into it: resumed where a
 * transfer broke off, checked by size and checksum, and put in place whole.
 *
 * @returns its path in the cache's snapshot folder.
 * @throws AppError in one sentence when it cannot be had.
 */
export async function downloadFile(options: DownloadOptions): Promise<string> {
  const { repo, kind, file, revision = "main", signal } = options;
  const hub = options.hub ?? hubSettings();
  checkNames(repo, file, revision);
  const folder = join(hub.cacheDir, `${kind}s--${repo.replaceAll("/", "--")}`);
  const cached = await findCached(folder, revision, file);
  if (hub.offline) {
    if (cached !== undefined) return cached;
    throw new AppError(
      "unavailable",
      `${repo}/${file} was never downloaded, and HF_HUB_OFFLINE forbids to fetch it.`,
    );
  }
  let remote: RemoteFile;
  try {
    remote = await describeFile(repo, kind, revision, file, hub, signal);
  } catch (error) {
    if (error instanceof AppError || signal?.aborted) throw error;
    if (cached !== undefined) return cached;
    throw new AppError(
      "unavailable",
      `The hub (${hub.endpoint}) cannot be reached to fetch ${repo}/${file}: go online, or give a local folder.`,
      { cause: error },
    );
  }
  const commit = remote.commit ?? revision;
  const snapshot = join(folder, "snapshots", commit, file);
  // Without a commit the name stays while what it means may change.
  if (remote.commit === undefined) await rm(snapshot, { force: true });
  if (!(await exists(snapshot))) {
    const blob = join(folder, "blobs", remote.etag);
    if (!(await exists(blob))) await fetchBlob(blob, remote, hub, options);
    await link(blob, snapshot);
  }
  const ref = join(folder, "refs", revision);
  await mkdir(dirname(ref), { recursive: true });
  await writeFileAtomic(ref, commit);
  return snapshot;
}

/** Names become paths below the cache's folder: none may lead out of it. */
function checkNames(repo: string, file: string, revision: string): void {
  const parts = [...file.split(/[/\\]/), ...revision.split(/[/\\]/)];
  if (!REPO.test(repo) || parts.some((p) => p === "" || /^\.\.?$/.test(p))) {
    throw new AppError(
      "invalid",
      `"${repo}/${file}" at "${revision}" is not a file of the hub.`,
    );
  }
}

/** The file as an earlier download, or another program's, left it. */
async function findCached(
  folder: string,
  revision: string,
  file: string,
): Promise<string | undefined> {
  const commit = await readFile(join(folder, "refs", revision), "utf8").catch(
    () => revision,
  );
  const path = join(folder, "snapshots", commit.trim(), file);
  return (await exists(path)) ? path : undefined;
}

async function fetchBlob(
  blob: string,
  remote: RemoteFile,
  hub: HubSettings,
  options: DownloadOptions,
): Promise<void> {
  const { repo, file } = options;
  const incomplete = `${blob}.incomplete`;
  await mkdir(dirname(blob), { recursive: true });
  for (let attempt = 0; ; attempt++) {
    try {
      await transfer(incomplete, remote, hub, options);
      break;
    } catch (error) {
      if (error instanceof AppError || options.signal?.aborted) throw error;
      if (systemErrorCode(error) === "ENOSPC") throw error;
      const pause = hub.retryMs[attempt];
      if (pause === undefined) {
        throw new AppError(
          "unavailable",
          `The transfer of ${repo}/${file} broke off ${attempt + 1} times; run the command again to go on where it stopped.`,
          { cause: error },
        );
      }
      await setTimeout(pause, undefined, { signal: options.signal });
    }
  }
  const { size } = await stat(incomplete);
  const whole = remote.size === undefined || remote.size === size;
  if (!whole || !(await matchesEtag(incomplete, remote.etag))) {
    await rm(incomplete, { force: true });
    throw new AppError(
      "unavailable",
      `${repo}/${file} arrived damaged (wrong ${whole ? "checksum" : "size"}) and was thrown away; run the command again.`,
    );
  }
  await rename(incomplete, blob);
}

/** One transfer into `incomplete`, from where the last one stopped. */
async function transfer(
  incomplete: string,
  remote: RemoteFile,
  hub: HubSettings,
  { repo, file, onProgress, signal }: DownloadOptions,
): Promise<void> {
  const have = await stat(incomplete).then(
    (s) => s.size,
    () => 0,
  );
  if (have > 0 && have === remote.size) return;
  const response = await fetch(remote.url, {
    headers: {
      ...headersFor(remote.url, hub),
      "accept-encoding": "identity",
      ...(have > 0 ? { range: `bytes=${have}-` } : {}),
    },
    ...(signal ? { signal } : {}),
  });
  if (response.status === 416) {
    // More is here than there is: what was kept is of no use.
    await rm(incomplete, { force: true });
    throw new Error("The hub cannot go on from there.");
  }
  if (!response.ok || response.body === null) {
    if (response.status >= 500) throw new Error(`status ${response.status}`);
    throw refusal(response.status, repo, file);
  }
  // A server that ignores the range sends everything again; one that goes on
  // from elsewhere cannot be used.
  const resumed = response.status === 206;
  const start = response.headers.get("content-range");
  if (resumed && start !== null && !start.startsWith(`bytes ${have}-`)) {
    await rm(incomplete, { force: true });
    throw new Error(`The hub goes on with ${start}, not from ${have}.`);
  }
  let bytes = resumed ? have : 0;
  // Chunk by chunk into the file, so that what arrived before a break stays.
  const handle = await open(incomplete, resumed ? "a" : "w");
  try {
    for await (const chunk of response.body) {
      await handle.write(chunk);
      bytes += chunk.length;
      onProgress?.(bytes, remote.size);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (remote.size !== undefined && bytes < remote.size) {
    throw new Error(`The transfer ended after ${bytes} bytes.`);
  }
}

/** Snapshot files are links to blobs; where links are forbidden, copies. */
async function link(blob: string, snapshot: string): Promise<void> {
  await mkdir(dirname(snapshot), { recursive: true });
  try {
    await symlink(relative(dirname(snapshot), blob), snapshot);
  } catch (error) {
    if (systemErrorCode(error) === "EEXIST") return;
    if (systemErrorCode(error) !== "EPERM") throw error;
    await copyFile(blob, snapshot);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
