import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { settings } from "#lib/config";

describe("settings", () => {
  it("have defaults for an empty environment", () => {
    expect(settings({})).toEqual({
      dataDir: resolve("data"),
      modelsDir: resolve("models"),
      host: "127.0.0.1",
      port: 3000,
      backupHours: 24,
      backupKeep: 14,
      login: "auto",
      proxies: 0,
      hfHome: join(homedir(), ".cache/huggingface"),
      hfEndpoint: "https://huggingface.co",
      hfOffline: false,
    });
  });

  it("take what the environment says", () => {
    expect(
      settings({
        DATA_DIR: "/srv/monolex",
        PORT: "8080",
        HF_ENDPOINT: "http://localhost:9000/",
        HF_TOKEN: "hf_x",
        HF_HUB_OFFLINE: "1",
      }),
    ).toMatchObject({
      dataDir: "/srv/monolex",
      port: 8080,
      hfEndpoint: "http://localhost:9000",
      hfToken: "hf_x",
      hfOffline: true,
    });
  });

  it("treat an empty variable as unset", () => {
    expect(settings({ PORT: "", DATA_DIR: " " })).toEqual(settings({}));
  });

  it.each([
    [
      { PORT: "70000" },
      'PORT must be a whole number from 0 to 65535, not "70000".',
    ],
    [
      { PORT: "http" },
      'PORT must be a whole number from 0 to 65535, not "http".',
    ],
    [
      { HF_ENDPOINT: "huggingface.co" },
      'HF_ENDPOINT must be an http:// or https:// address, not "huggingface.co".',
    ],
    [
      { HF_HUB_OFFLINE: "maybe" },
      'HF_HUB_OFFLINE must be 1 or 0, not "maybe".',
    ],
    [{ LOGIN: "off" }, 'LOGIN must be auto or required, not "off".'],
    [{ PROXIES: "many" }, 'PROXIES must be a number from 0 to 9, not "many".'],
    // A secret is not repeated.
    [{ AUTH_SECRET: "short" }, /AUTH_SECRET must be .* characters\.$/],
  ])("refuse %j in one sentence", (env, message) => {
    expect(() => settings(env)).toThrow(message);
  });
});
