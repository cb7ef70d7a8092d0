import { expect, test } from "vitest";
import { jsonAnswer } from "#app/_server/http-cache";

const ask = (method: string, headers: HeadersInit = {}) =>
  new Request("http://localhost:3000/api/test", { method, headers });

test("whoever has an answer already is told so, and sent it when it changes", async () => {
  const first = jsonAnswer(ask("GET"), { value: 1 });
  const etag = first.headers.get("etag")!;
  expect(etag).toMatch(/^W\/"[\w-]{27}"$/);
  expect(first.headers.get("cache-control")).toBe("private, no-cache");
  expect(first.headers.get("content-type")).toBe("application/json");

  const known = ask("GET", { "if-none-match": `"x", ${etag}` });
  const again = jsonAnswer(known, { value: 1 });
  expect(again.status).toBe(304);
  expect(again.headers.get("etag")).toBe(etag);
  expect(await again.text()).toBe("");

  const changed = jsonAnswer(known, { value: 2 });
  expect(changed.status).toBe(200);
  expect(await changed.json()).toEqual({ value: 2 });
});

test("what is not a GET is never kept", () => {
  const made = jsonAnswer(ask("DELETE"), { value: 1 }, 201);
  expect(made.status).toBe(201);
  expect(made.headers.get("cache-control")).toBe("no-store");
  expect(made.headers.get("etag")).toBeNull();
});
