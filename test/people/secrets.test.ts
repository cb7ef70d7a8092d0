import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { hashSecret, newSecret, serverSecret } from "#lib/people/secrets";
import { temporaryFolder } from "#test/db/temporary";

const folder = temporaryFolder();
const run = promisify(execFile);

test("the server's secret is made once, for its owner alone", () => {
  const file = join(folder, "new", "secret");
  const secret = serverSecret(file);
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(serverSecret(file)).toBe(secret);
});

test("a secret that others could read is closed to them", () => {
  const file = join(folder, "open");
  writeFileSync(file, newSecret());
  chmodSync(file, 0o644);
  serverSecret(file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("an emptied file is reported, not taken for a secret", () => {
  const file = join(folder, "empty");
  writeFileSync(file, "\n");
  expect(() => serverSecret(file)).toThrow("holds no secret; remove it");
});

test("processes that start at once take one secret", async () => {
  const file = join(folder, "race");
  const code = `import("#lib/people/secrets").then((m) => console.log(m.serverSecret(${JSON.stringify(file)})))`;
  const said = await Promise.all(
    Array.from({ length: 3 }, () =>
      run(process.execPath, ["--import", "tsx", "-e", code]),
    ),
  );
  const secrets = new Set(said.map(({ stdout }) => stdout.trim()));
  expect([...secrets]).toEqual([readFileSync(file, "utf8").trim()]);
});

test("no two secrets are alike, and only their hash is kept", () => {
  const secrets = Array.from({ length: 100 }, newSecret);
  expect(new Set(secrets).size).toBe(100);
  for (const secret of secrets) expect(secret).toMatch(/^[\w-]{43}$/);
  expect(hashSecret("abc")).toBe(
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});
