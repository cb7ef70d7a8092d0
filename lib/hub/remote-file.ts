import { AppError } from "#lib/errors";
import type { HubSettings, RepoKind } from "./hub-settings";

/** What the hub says of a file before it sends it. */
export interface RemoteFile {
  url: string;
  /** Content hash: SHA-256 of large files, git blob SHA-1 of small ones. */
  etag: string;
  /** Bytes, if the hub said. */
  size: number | undefined;
  /** The commit that the revision stands for; undefined if the hub is silent. */
  commit: string | undefined;
}

const MAX_REDIRECTS = 5;

/** Headers for a request; the token goes to the hub itself and nowhere else. */
export function headersFor(
  url: string,
  hub: HubSettings,
): Record<string, string> {
  const own = new URL(url).origin === new URL(hub.endpoint).origin;
  return hub.token !== undefined && own
    ? { authorization: `Bearer ${hub.token}` }
    : {};
}

/**
 * Asks the hub about a file.
 *
 * @throws AppError "not_found" or "bad_request" when the hub refuses it, and
 *   the network's own error when it cannot be reached.
 */
export async function describeFile(
  repo: string,
  kind: RepoKind,
  revision: string,
  file: string,
  hub: HubSettings,
  signal?: AbortSignal,
): Promise<RemoteFile> {
  const path = file.split("/").map(encodeURIComponent).join("/");
  const prefix = kind === "dataset" ? "datasets/" : "";
  let url = `${hub.endpoint}/${prefix}${repo}/resolve/${encodeURIComponent(revision)}/${path}`;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const response = await fetch(url, {
      method: "HEAD",
      redirect: "manual",
      headers: { ...headersFor(url, hub), "accept-encoding": "identity" },
      ...(signal ? { signal } : {}),
    });
    const { headers } = response;
    const etag = headers.get("x-linked-etag") ?? headers.get("etag");
    const location = headers.get("location");
    const redirected = response.status >= 300 && response.status < 400;
    // A renamed repository answers with where it went; a large file with its
    // hash and the address of its bytes.
    if (redirected && location !== null && !headers.has("x-linked-etag")) {
      url = new URL(location, url).toString();
      continue;
    }
    if (!response.ok && !redirected) {
      throw refusal(response.status, repo, file);
    }
    const size =
      headers.get("x-linked-size") ??
      (redirected ? null : headers.get("content-length"));
    return {
      url: location === null ? url : new URL(location, url).toString(),
      etag: cleanEtag(etag, repo, file),
      size: size === null ? undefined : Number(size),
      commit: cleanCommit(headers.get("x-repo-commit"), repo, file),
    };
  }
  throw new AppError(
    "unavailable",
    `The hub sends ${repo}/${file} round in circles; try again later.`,
  );
}

function cleanEtag(etag: string | null, repo: string, file: string): string {
  const clean = etag?.replace(/^W\//, "").replaceAll('"', "") ?? "";
  // It becomes a file name.
  if (!/^\w[\w.-]{0,127}$/.test(clean)) {
    throw new AppError(
      "unavailable",
      `The hub gave no usable checksum for ${repo}/${file}.`,
    );
  }
  return clean;
}

/** It becomes a folder's name: nothing but a git hash may. */
function cleanCommit(
  commit: string | null,
  repo: string,
  file: string,
): string | undefined {
  if (commit === null) return undefined;
  if (/^[0-9a-f]{40}$/.test(commit)) return commit;
  throw new AppError(
    "unavailable",
    `The hub names a commit for ${repo}/${file} that is none.`,
  );
}

/** The sentence for a status with which the hub refuses a file. */
export function refusal(status: number, repo: string, file: string): AppError {
  if (status === 401 || status === 403) {
    return new AppError(
      "forbidden",
      `The hub does not give out ${repo}/${file}: check the name, or, if it is private or gated, set HF_TOKEN to a token that may read it.`,
    );
  }
  if (status === 404) {
    return new AppError("not_found", `The hub has no ${file} in ${repo}.`);
  }
  return new AppError(
    "unavailable",
    `The hub answered ${status} for ${repo}/${file}; try again later.`,
  );
}
