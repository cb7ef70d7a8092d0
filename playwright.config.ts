import { defineConfig } from "@playwright/test";

/** Not the app's own port: a running app is left alone. */
const PORT = Number(process.env.E2E_PORT ?? 3100);

// The production build, on data that the real commands make first: a small
// SAE trained, evaluated and indexed on mini-gpt2 (test/e2e/serve.ts).
export default defineConfig({
  testDir: "test/e2e",
  outputDir: "test-results",
  // One after another: the tests share one label database.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 60_000,
  // One of 150 may meet a busy machine: it is tried again, and called flaky.
  retries: 1,
  reporter: "list",
  use: {
    baseURL: `http://127.0.0.1:${PORT}`,
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
      ],
    },
  },
  projects: [
    { name: "api", testMatch: "**/*.api.ts" },
    { name: "chromium", testMatch: "**/*.spec.ts" },
  ],
  webServer: {
    command: "node --import tsx test/e2e/serve.ts",
    url: `http://127.0.0.1:${PORT}/api/saes`,
    env: { PORT: String(PORT) },
    timeout: 180_000,
    stdout: "pipe",
  },
});
