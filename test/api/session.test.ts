import { beforeAll, expect, test, vi } from "vitest";
import { isLoopback } from "#lib/loopback";
import { actorOf } from "#app/_server/session";
import { FIXTURE_SAE_ID } from "#test/db/fixture";
import { temporaryFolder } from "#test/db/temporary";
import { writeE2eData } from "#test/e2e-data";
import { call } from "./call";

const folder = temporaryFolder();
beforeAll(() => {
  vi.stubEnv("DATA_DIR", folder);
  writeE2eData(folder);
});

test("on this machine alone there is one person, who may do everything", async () => {
  const request = new Request("http://localhost:3000/", {
    headers: { host: "localhost:3000", "x-monolex-local": "1" },
  });
  const actor = await actorOf(request);
  expect(actor).toMatchObject({ id: "local", role: "admin", scopes: null });
  expect(actor.name).not.toBe("");
  expect(await actorOf(request)).toEqual(actor);
});

test("another site's name that points here is refused", async () => {
  for (const host of ["evil.example", "evil.example:3000", "127.0.0.1.evil"]) {
    const path = `/saes/${FIXTURE_SAE_ID}`;
    const answer = await call("GET", path, { headers: { host } });
    expect(answer, host).toMatchObject({ status: 403 });
  }
});

test("what came by a proxy, or from outside, is not this machine", async () => {
  const path = `/saes/${FIXTURE_SAE_ID}`;
  for (const local of ["0", ""]) {
    const headers = { "x-monolex-local": local };
    expect(await call("GET", path, { headers })).toMatchObject({
      status: 403,
      body: { error: { message: expect.stringContaining("LOGIN=required") } },
    });
  }
});

test("on any other address nobody gets in without log-in", async () => {
  vi.stubEnv("HOST", "0.0.0.0");
  for (const [method, path] of [
    ["GET", "/saes"],
    ["POST", `/saes/${FIXTURE_SAE_ID}/features/1/labels`],
  ] as const) {
    expect(
      await call(method, path, method === "GET" ? {} : { json: {} }),
    ).toMatchObject({
      status: 401,
      body: { error: { code: "unauthorized" } },
    });
  }
  vi.stubEnv("HOST", undefined);
});

test.each([
  ["127.0.0.1", true],
  ["127.8.9.10", true],
  ["::1", true],
  ["0:0:0:0:0:0:0:1", true],
  ["::ffff:127.0.0.1", true],
  ["LOCALHOST", true],
  ["monolex.localhost", true],
  ["0.0.0.0", false],
  ["::", false],
  ["192.168.0.7", false],
  ["127.0.0.1.example.org", false],
  ["localhost.example.org", false],
  ["", false],
])("%j is loopback: %s", (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
