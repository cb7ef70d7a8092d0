import { beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { errorSchema } from "#lib/contract/index";
import { route } from "#app/_server/route";
import { FIXTURE_SAE_ID } from "#test/db/fixture";
import { temporaryFolder } from "#test/db/temporary";
import { writeE2eData } from "#test/e2e-data";
import { call } from "./call";

const folder = temporaryFolder();
beforeAll(() => {
  vi.stubEnv("DATA_DIR", folder);
  writeE2eData(folder);
});

const sae = `/saes/${FIXTURE_SAE_ID}`;
const labels = `${sae}/features/7/labels`;
const label = { text: "whales" };
const post = { method: "POST", path: labels };

interface Case {
  name: string;
  method?: string;
  path: string;
  init?: Parameters<typeof call>[2];
  status: number;
  code: string;
  message: RegExp;
}

const cases: Case[] = [
  {
    name: "an unknown SAE",
    path: "/saes/none",
    status: 404,
    code: "not_found",
    message: /no index none/i,
  },
  {
    name: "a path for an SAE",
    path: "/saes/..%2Flabels",
    status: 404,
    code: "not_found",
    message: /no SAE of this name/,
  },
  {
    name: "an unknown feature",
    path: `${sae}/features/200`,
    status: 404,
    code: "not_found",
    message: /0 to 199/,
  },
  {
    name: "a word for a feature",
    path: `${sae}/features/seven`,
    status: 422,
    code: "invalid",
    message: /whole number from 0/,
  },
  {
    name: "a negative feature",
    path: `${sae}/features/-1`,
    status: 422,
    code: "invalid",
    message: /whole number from 0/,
  },
  {
    name: "an unknown sort",
    path: `${sae}/features?q=sort:size`,
    status: 422,
    code: "invalid",
    message: /“sort:”/,
  },
  {
    name: "too long a page",
    path: `${sae}/features?limit=201`,
    status: 422,
    code: "invalid",
    message: /"limit"/,
  },
  {
    name: "an impossible density",
    path: `${sae}/features?q=density:>2`,
    status: 422,
    code: "invalid",
    message: /from 0 to 1/,
  },
  {
    name: "a parameter there is not",
    path: `${sae}/features?minDensity=0.1`,
    status: 422,
    code: "invalid",
    message: /minDensity/,
  },
  {
    name: "a forged cursor",
    path: `${sae}/features?cursor=abc`,
    status: 400,
    code: "bad_request",
    message: /first page/,
  },
  {
    name: "an empty search",
    path: `${sae}/search?q=`,
    status: 422,
    code: "invalid",
    message: /Type something/,
  },
  {
    name: "too long a search",
    path: `${sae}/search?q=${"a".repeat(2001)}`,
    status: 422,
    code: "invalid",
    message: /2000 characters/,
  },
  {
    name: "an unknown label",
    path: "/labels/999",
    status: 404,
    code: "not_found",
    message: /no label 999/,
  },
  {
    name: "malformed JSON",
    ...post,
    init: { body: '{"text":' },
    status: 400,
    code: "bad_request",
    message: /well-formed JSON/,
  },
  {
    name: "no body",
    ...post,
    init: { headers: { "content-type": "application/json" } },
    status: 400,
    code: "bad_request",
    message: /well-formed JSON/,
  },
  {
    name: "a list for an object",
    ...post,
    init: { json: [] },
    status: 422,
    code: "invalid",
    message: /object/,
  },
  {
    name: "an empty label",
    ...post,
    init: { json: { ...label, text: "  " } },
    status: 422,
    code: "invalid",
    message: /label is empty/,
  },
  {
    name: "a label of two lines",
    ...post,
    init: { json: { ...label, text: "a\nb" } },
    status: 422,
    code: "invalid",
    message: /control characters/,
  },
  {
    name: "a label without a text",
    ...post,
    init: { json: { note: "a" } },
    status: 422,
    code: "invalid",
    message: /"text"/,
  },
  {
    name: "a field too many",
    ...post,
    init: { json: { ...label, id: 3 } },
    status: 422,
    code: "invalid",
    message: /id/,
  },
  {
    name: "a label on an unknown feature",
    method: "POST",
    path: `${sae}/features/200/labels`,
    init: { json: label },
    status: 404,
    code: "not_found",
    message: /0 to 199/,
  },
  {
    name: "a body over 64 kB",
    ...post,
    init: { json: { ...label, text: "a".repeat(70_000) } },
    status: 413,
    code: "too_large",
    message: /64 kB/,
  },
  {
    name: "a body over 64 kB that is streamed",
    ...post,
    init: { body: endless(), headers: { "content-type": "application/json" } },
    status: 413,
    code: "too_large",
    message: /64 kB/,
  },
  {
    name: "a form",
    ...post,
    init: {
      body: "text=a",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    },
    status: 415,
    code: "unsupported_type",
    message: /application\/json/,
  },
  {
    name: "another site's page",
    ...post,
    init: { json: label, headers: { origin: "https://evil.example" } },
    status: 403,
    code: "forbidden",
    message: /another site/,
  },
  {
    name: "a page of no origin",
    ...post,
    init: { json: label, headers: { origin: "null" } },
    status: 403,
    code: "forbidden",
    message: /another site/,
  },
  {
    name: "a cross-site fetch",
    ...post,
    init: { json: label, headers: { "sec-fetch-site": "cross-site" } },
    status: 403,
    code: "forbidden",
    message: /another site/,
  },
  {
    name: "an empty own text",
    method: "POST",
    path: `${sae}/own-text`,
    init: { json: { text: "" } },
    status: 422,
    code: "invalid",
    message: /text is empty/,
  },
  {
    name: "own text for an unknown feature",
    method: "POST",
    path: `${sae}/own-text`,
    init: { json: { text: "a", feature: 200 } },
    status: 404,
    code: "not_found",
    message: /0 to 199/,
  },
];

test.each(cases)("$name: $status $code", async (c) => {
  const { status, body } = await call(c.method ?? "GET", c.path, c.init);
  expect({ status, body }).toMatchObject({
    status: c.status,
    body: { error: { code: c.code } },
  });
  const { error } = errorSchema.parse(body);
  expect(error.message).toMatch(c.message);
  // One sentence.
  expect(error.message).toMatch(/^[^.]*(\.[^ ][^.]*)*\.$/);
});

test("a refused request names every field that is not right", async () => {
  const { body } = await call("POST", labels, {
    json: { text: "", note: "\u0000" },
  });
  expect(errorSchema.parse(body).error.details).toEqual({
    fields: [
      { field: "text", message: "The label is empty." },
      { field: "note", message: "The note holds control characters." },
    ],
  });
});

test("the unexpected is logged under an id and answered with a fixed sentence", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const secret = new Error("password 1234 at /home");
  const boom = route({ summary: "A test.", response: z.unknown() }, () => {
    throw secret;
  });
  const badAnswer = route(
    { summary: "A test.", response: z.string() },
    () => 3,
  );
  for (const handler of [boom, badAnswer]) {
    const request = new Request("http://localhost/api/boom?q=private", {
      headers: { host: "localhost", "x-monolex-local": "1" },
    });
    const response = await handler(request, { params: Promise.resolve({}) });
    expect(response.status).toBe(500);
    const { error } = errorSchema.parse(await response.json());
    expect(error.message).not.toMatch(/1234|expected/);
    const { requestId } = error.details as { requestId: string };
    expect(logged.mock.lastCall![0]).toBe(`${requestId} GET /api/boom`);
  }
  expect(logged.mock.calls[0]![1]).toBe(secret);
  logged.mockClear();
});

/** JSON that does not end, without a content-length. */
function endless(): ReadableStream<Uint8Array> {
  const piece = new TextEncoder().encode("[".repeat(8192));
  return new ReadableStream({ pull: (c) => c.enqueue(piece) });
}
