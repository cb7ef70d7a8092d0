/**
 * Settings that come from the environment: one table, from which parsing,
 * defaults and the README's list are made. Relative folders are taken from the
 * working directory.
 */
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import { AppError } from "./errors";

interface Setting<T> {
  env: string;
  /** What is used when the variable is unset or empty; shown in the README. */
  default: string | undefined;
  help: string;
  /** Text → value; the message completes "<ENV> must be …". */
  schema: z.ZodType<T, string>;
  /** Never shown, not even when it cannot be used. */
  secret?: boolean;
}

function setting<T>(definition: Setting<T>): Setting<T> {
  return definition;
}

const text = z.string();
const folder = z.string().transform((path) => resolve(expandHome(path)));
const webAddress = z
  .string()
  .refine(
    (value) => /^https?:\/\/[^/\s]/.test(value) && URL.canParse(value),
    "an http:// or https:// address",
  )
  .transform((value) => value.replace(/\/+$/, ""));
const port = z
  .string()
  .refine(
    (value) => /^\d{1,5}$/.test(value) && Number(value) <= 65535,
    "a whole number from 0 to 65535",
  )
  .transform(Number);
const hours = z
  .string()
  .refine(
    (value) => /^\d{1,4}(\.\d+)?$/.test(value),
    "a number of hours, 0 or more",
  )
  .transform(Number);
const count = z
  .string()
  .refine((value) => /^[1-9]\d{0,5}$/.test(value), "a whole number from 1")
  .transform(Number);
const onOff = z
  .string()
  .refine((value) => /^(0|1|true|false)$/i.test(value), "1 or 0")
  .transform((value) => /^(1|true)$/i.test(value));

export const SETTINGS = {
  dataDir: setting({
    env: "DATA_DIR",
    default: "./data",
    help: "Folder of everything the commands write: trained SAEs, indexes, labels.",
    schema: folder,
  }),
  modelsDir: setting({
    env: "MODELS_DIR",
    default: "./models",
    help: "Folder in which a model is looked for by name.",
    schema: folder,
  }),
  host: setting({
    env: "HOST",
    default: "127.0.0.1",
    help: "Address the web app listens on; 0.0.0.0 opens it to the network.",
    schema: text,
  }),
  port: setting({
    env: "PORT",
    default: "3000",
    help: "Port the web app listens on.",
    schema: port,
  }),
  backupHours: setting({
    env: "LABELS_BACKUP_HOURS",
    default: "24",
    help: "Hours between backups of the labels by a running server; 0 makes none.",
    schema: hours,
  }),
  backupKeep: setting({
    env: "LABELS_BACKUP_KEEP",
    default: "14",
    help: "How many of those backups are kept.",
    schema: count,
  }),
  login: setting({
    env: "LOGIN",
    default: "auto",
    help: "Who logs in: `auto` nobody on a loopback HOST and everybody on any other, `required` everybody.",
    schema: z
      .string()
      .refine((value) => /^(auto|required)$/.test(value), "auto or required")
      .transform((value) => value as "auto" | "required"),
  }),
  publicUrl: setting({
    env: "PUBLIC_URL",
    default: undefined,
    help: "Address that people open Monolex at, for invitations; `https://` makes cookies secure.",
    schema: webAddress,
  }),
  proxies: setting({
    env: "PROXIES",
    default: "0",
    help: "Reverse proxies in front of Monolex that set `X-Forwarded-For`.",
    schema: z
      .string()
      .refine((value) => /^\d$/.test(value), "a number from 0 to 9")
      .transform(Number),
  }),
  authSecret: setting({
    env: "AUTH_SECRET",
    default: undefined,
    help: "What cookies are signed with; else made once and kept in `DATA_DIR/secret`.",
    schema: z
      .string()
      .refine((value) => value.length >= 32, "at least 32 random characters"),
    secret: true,
  }),
  hfHome: setting({
    env: "HF_HOME",
    default: "~/.cache/huggingface",
    help: "Folder of Hugging Face downloads, shared with other tools.",
    schema: folder,
  }),
  hfEndpoint: setting({
    env: "HF_ENDPOINT",
    default: "https://huggingface.co",
    help: "Hugging Face hub, or a mirror of it.",
    schema: webAddress,
  }),
  hfToken: setting({
    env: "HF_TOKEN",
    default: undefined,
    help: "Access token for gated or private repositories of the hub.",
    schema: text,
  }),
  hfOffline: setting({
    env: "HF_HUB_OFFLINE",
    default: "0",
    help: "1 uses only what is downloaded already.",
    schema: onOff,
  }),
  chromiumPath: setting({
    env: "CHROMIUM_PATH",
    default: undefined,
    help: "Chromium or Chrome for the end-to-end tests; else one is looked for.",
    schema: folder,
  }),
} as const;

type Name = keyof typeof SETTINGS;
type Optional = "publicUrl" | "authSecret" | "hfToken" | "chromiumPath";
type Value<N extends Name> = z.output<(typeof SETTINGS)[N]["schema"]>;
/** Folders are absolute paths. Settings without a default may be absent. */
export type Settings = { [N in Exclude<Name, Optional>]: Value<N> } & {
  [N in Optional]?: Value<N>;
};

/**
 * Reads all settings from an environment.
 * @throws AppError("invalid") naming the variable that cannot be used.
 */
export function settings(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Settings {
  const values: Record<string, unknown> = {};
  for (const [
    name,
    { env: variable, default: fallback, schema, secret },
  ] of Object.entries(SETTINGS)) {
    // An empty variable is an unset one, as in most shells' scripts.
    const given = env[variable]?.trim() || fallback;
    if (given === undefined) continue;
    const parsed = schema.safeParse(given);
    if (!parsed.success) {
      const wanted = parsed.error.issues[0]?.message ?? "something else";
      throw new AppError(
        "invalid",
        secret
          ? `${variable} must be ${wanted}.`
          : `${variable} must be ${wanted}, not "${given}".`,
      );
    }
    values[name] = parsed.data;
  }
  return values as Settings;
}

function expandHome(path: string): string {
  return path === "~" || path.startsWith("~/")
    ? join(homedir(), path.slice(1))
    : path;
}

/** The settings as a Markdown table, for the README. */
export function settingsTable(): string {
  const rows = Object.values(SETTINGS).map(
    ({ env, default: fallback, help }) =>
      `| \`${env}\` | ${fallback === undefined ? "" : `\`${fallback}\``} | ${help} |`,
  );
  return [
    "| variable | default | meaning |",
    "| --- | --- | --- |",
    ...rows,
  ].join("\n");
}
