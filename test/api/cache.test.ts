import { expect, test } from "vitest";
import { z } from "zod";
import { route } from "#app/_server/route";

const context = { params: Promise.resolve({}) };
const ask = (headers: HeadersInit = {}) =>
  new Request("http://localhost:3000/api/test", { headers });

test("whoever has an answer already is told so, and sent it when it changes", async () => {
  let value = 1;
  const GET = route(
    { summary: "A test.", response: z.object({ value: z.number() }) },
    () => ({ value }),
  );
  const first = await GET(ask(), context);
  const etag = first.headers.get("etag")!;
  expect(etag).toMatch(/^W\/"[\w-]{27}"$/);
  expect(first.headers.get("cache-control")).toBe("private, no-cache");

  const again = await GET(ask({ "if-none-match": `"x", ${etag}` }), context);
  expect(again.status).toBe(304);
  expect(again.headers.get("etag")).toBe(etag);
  expect(await again.text()).toBe("");

  value = 2;
  const changed = await GET(ask({ "if-none-match": etag }), context);
  expect(changed.status).toBe(200);
  expect(await changed.json()).toEqual({ value: 2 });
});

test("what is not a GET, and what failed, is never kept", async () => {
  const spec = { summary: "A test.", response: z.literal(1) };
  const request = new Request("http://localhost:3000/", { method: "DELETE" });
  const done = await route(spec, () => 1)(request, context);
  expect(done.headers.get("cache-control")).toBe("no-store");
  expect(done.headers.get("etag")).toBeNull();
});
