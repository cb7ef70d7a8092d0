import { expect, test } from "vitest";
import { jsonReply } from "#app/_server/http-cache";

const ask = (method: string, headers: HeadersInit = {}) =>
  new Request("http://localhost:3000/api/test", { method, headers });

test("whoever has an answer already is told so, and sent it when it changes", () => {
  const first = jsonReply(ask("GET"), { value: 1 });
  const etag = first.headers.get("etag")!;
  expect(etag).toMatch(/^W\/"[\w-]{27}"$/);
  expect(first.headers.get("cache-control")).toBe("private, no-cache");
  expect(first.headers.get("content-type")).toBe("application/json");

  const known = ask("GET", { "if-none-match": `"x", ${etag}` });
  const again = jsonReply(known, { value: 1 });
  expect(again.status).toBe(304);
  expect(again.headers.get("etag")).toBe(etag);
  expect(again.body).toBeNull();

  const changed = jsonReply(known, { value: 2 });
  expect(changed.status).toBe(200);
  expect(String(changed.body)).toBe('{"value":2}');
});

test("what is not a GET is never kept", () => {
  const made = jsonReply(ask("DELETE"), { value: 1 }, 201);
  expect(made.status).toBe(201);
  expect(made.headers.get("cache-control")).toBe("no-store");
  expect(made.headers.get("etag")).toBeNull();
});
