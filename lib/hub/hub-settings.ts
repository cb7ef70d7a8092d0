import { join } from "node:path";
import { settings } from "#lib/config";

export type RepoKind = "model" | "dataset";

/** Where the hub is, where its files are kept, and who asks. */
export interface HubSettings {
  /** Without a slash at its end. */
  endpoint: string;
  cacheDir: string;
  offline: boolean;
  token?: string;
  /** Pauses before each further try of a broken transfer. */
  retryMs: readonly number[];
}

/** The settings of this process's environment. */
export function hubSettings(
  env: Readonly<Record<string, string | undefined>> = process.env,
): HubSettings {
  const { hfHome, hfEndpoint, hfOffline, hfToken } = settings(env);
  return {
    endpoint: hfEndpoint,
    cacheDir: env.HF_HUB_CACHE?.trim() || join(hfHome, "hub"),
    offline: hfOffline,
    ...(hfToken === undefined ? {} : { token: hfToken }),
    retryMs: [500, 2000, 5000, 10_000],
  };
}
