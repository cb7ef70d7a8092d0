import { createServer, get, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { directReads } from "#app/_server/direct-reads";
import { describeIncoming } from "#app/_server/incoming";
import { FIXTURE_SAE_ID } from "#test/db/fixture";
import { temporaryFolder } from "#test/db/temporary";
import { writeE2eData } from "#test/e2e-data";
import config from "../../next.config";
import { call } from "./call";

const folder = temporaryFolder();
const feature = `/saes/${FIXTURE_SAE_ID}/features/7`;
const LEFT_TO_NEXT = 418;
let server: Server;
let address: string;

beforeAll(async () => {
  vi.stubEnv("DATA_DIR", folder);
  writeE2eData(folder);
  describeIncoming();
  const direct = await directReads();
  server = createServer((request, response) => {
    if (direct(request, response)) return;
    response.statusCode = LEFT_TO_NEXT;
    response.end();
  });
  await new Promise<void>((then) => server.listen(0, "127.0.0.1", then));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
});

afterAll(() => server.close());

test("a read is answered as its route answers it", async () => {
  const answer = await fetch(address + feature);
  expect(answer.status).toBe(200);
  const { body } = await call("GET", feature);
  expect(await answer.json()).toEqual(body);
  const filtered = `/saes/${FIXTURE_SAE_ID}/features?q=sort%3Amax&limit=3`;
  const list = (await (await fetch(address + filtered)).json()) as object;
  expect(list).toEqual((await call("GET", filtered)).body);
});

test("it is compressed for whoever can read that, and sent once", async () => {
  const plain = await fetch(address + feature, {
    headers: { "accept-encoding": "identity" },
  });
  expect(plain.headers.get("content-encoding")).toBeNull();
  expect(plain.headers.get("vary")).toBe("accept-encoding");
  const text = await plain.text();

  // `fetch` would unpack it.
  const zipped = await new Promise<Buffer>((done, failed) => {
    const headers = { "accept-encoding": "br, gzip" };
    get(address + feature, { headers }, (answer) => {
      expect(answer.headers["content-encoding"]).toBe("gzip");
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        done(Buffer.concat(chunks));
      });
    }).on("error", failed);
  });
  expect(zipped.byteLength).toBeLessThan(text.length / 2);
  expect(gunzipSync(zipped).toString()).toBe(text);

  const etag = plain.headers.get("etag")!;
  const again = await fetch(address + feature, {
    headers: { "if-none-match": etag },
  });
  expect(again.status).toBe(304);
  expect(await again.text()).toBe("");
});

test("refusals are answered as well, in the API's words", async () => {
  const missing = await fetch(`${address}/saes/none/features/7`);
  expect(missing.status).toBe(404);
  expect(await missing.json()).toMatchObject({ error: { code: "not_found" } });
  const wrong = await fetch(`${address}/saes/${FIXTURE_SAE_ID}/features/x`);
  expect(wrong.status).toBe(422);
  const elsewhere = await fetch(address + feature, {
    headers: { "x-forwarded-for": "192.0.2.1" },
  });
  expect(elsewhere.status).toBe(403);
});

test("answers carry the headers that Next puts on its own", async () => {
  const [own] = await config.headers!();
  const answer = await fetch(`${address}/me`);
  for (const { key, value } of own!.headers) {
    expect(answer.headers.get(key)).toBe(value);
  }
});

test.each([
  ["a write", "POST", `${feature}/labels`],
  ["a HEAD", "HEAD", feature],
  ["a stream", "GET", "/live"],
  ["a file", "GET", `/saes/${FIXTURE_SAE_ID}/export?kind=labels`],
  ["an unknown path", "GET", "/nothing"],
  ["a path that is not well formed", "GET", "/saes/%E0%A4%A/features"],
  ["a path with nothing in it", "GET", "/saes//features"],
])("%s is left to Next", async (_what, method, path) => {
  expect((await fetch(address + path, { method })).status).toBe(LEFT_TO_NEXT);
});
