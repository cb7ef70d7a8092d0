import { expect, test } from "vitest";
import { curlCommand, requestPath } from "#app/_components/api-curl";

const place = (name: string, where: "path" | "query") => ({
  name,
  in: where,
  required: where === "path",
  schema: {},
});
const parameters = [
  place("sae", "path"),
  place("q", "query"),
  place("n", "query"),
];

test("values go where they belong, escaped, and empty ones nowhere", () => {
  const path = "/api/saes/{sae}/search";
  const values = { sae: "a/b c", q: "über & co", n: "" };
  expect(requestPath(path, parameters, values)).toBe(
    "/api/saes/a%2Fb%20c/search?q=%C3%BCber+%26+co",
  );
  expect(requestPath(path, parameters, {})).toBe(path);
});

test("a command for a terminal survives what a text may hold", () => {
  expect(curlCommand("GET", "http://localhost/api/saes", undefined)).toBe(
    "curl 'http://localhost/api/saes'",
  );
  expect(curlCommand("POST", "http://x/y", { text: "it's" })).toBe(
    `curl -X POST 'http://x/y' -H 'content-type: application/json' -d '{"text":"it'\\''s"}'`,
  );
});
