import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { apiDocument, type ApiOperation } from "#app/_server/api-document";
import { METHODS, UNDOCUMENTED } from "#app/_server/api-routes";
import { FIXTURE_SAE_ID } from "#test/db/fixture";
import { temporaryFolder } from "#test/db/temporary";
import { writeE2eData } from "#test/e2e-data";
import { sweepCell, sweepReport, writeSweep } from "#test/sweep-report";
import { call } from "./call";

const API = join(import.meta.dirname, "../../app/api");
const document = await apiDocument();
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    path,
    method: method.toUpperCase(),
    operation,
  })),
);

/** Reading these takes what the fixture has not: say what in a comment. */
const NOT_TRIED = [
  // Two SAEs that are matched.
  "GET /api/compare/features",
  "GET /api/saes/{sae}/moves",
  // A quiz that was handed out.
  "GET /api/quizzes/{id}",
  // It is no JSON; test/api/exchange.test.ts reads it.
  "GET /api/saes/{sae}/export",
  // A model and an SAE.
  "GET /api/saes/{sae}/features/{index}/contexts/{sequence}/effect",
  // It has no end; test/api/live.test.ts listens to it.
  "GET /api/live",
  // A link that was made.
  "GET /api/invite/{token}",
];

/** Route files as paths of the document, found without its help. */
const files = readdirSync(API, { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|\/)route\.tsx?$/.test(file))
  .map((file) => ({
    file,
    path: `/api/${file}`
      .replace(/\/route\.tsx?$/, "")
      .replaceAll(/\[(?:\.\.\.)?(\w+)\]/g, "{$1}"),
  }));

describe("the API document", () => {
  test("has every route file and every method it answers, and no other", async () => {
    const there: string[] = [];
    for (const { file, path } of files) {
      if (UNDOCUMENTED.test(path)) continue;
      const handlers = (await import(join(API, file))) as object;
      const answered = METHODS.filter((method) => method in handlers);
      expect(answered, `${file} answers no method`).not.toEqual([]);
      there.push(...answered.map((method) => `${method} ${path}`));
    }
    expect(operations.map(({ name }) => name).sort()).toEqual(there.sort());
  });

  test("says of every route what it does, in a sentence, and names it once", () => {
    for (const { name, operation } of operations) {
      expect(operation.summary, name).toMatch(/^[A-Z].*\.$/);
    }
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("declares every segment of a path, and nothing else as one", () => {
    for (const { name, path, operation } of operations) {
      const segments = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]);
      const declared = operation.parameters.filter((p) => p.in === "path");
      expect(
        declared.map((p) => p.name),
        name,
      ).toEqual(segments);
    }
  });

  test("has an example for every body and every parameter that must be", () => {
    for (const { name, operation } of operations) {
      if (operation.requestBody) {
        const [body] = Object.values(operation.requestBody.content);
        expect(body!.example, `${name}: example of a body`).toBeDefined();
      }
      for (const parameter of operation.parameters) {
        if (!parameter.required || parameter.name in FIXED) continue;
        expect(parameter.example, `${name} ${parameter.name}`).toBeDefined();
      }
    }
  });

  test("refers to schemas it has, and has none it does not refer to", () => {
    const text = JSON.stringify(document);
    const referred = [...text.matchAll(/"#\/components\/schemas\/([^"]*)"/g)];
    const names = Object.keys(document.components.schemas);
    expect([...new Set(referred.map((m) => m[1]))].sort()).toEqual(
      names.sort(),
    );
    expect(names).toContain("FeatureRow");
    expect(text).not.toContain("unnamed ");
  });
});

describe("the examples of the API document", () => {
  const folder = temporaryFolder();
  beforeAll(async () => {
    vi.stubEnv("DATA_DIR", folder);
    writeE2eData(folder);
    writeSweep(folder, {
      ...sweepReport([sweepCell({ saeId: FIXTURE_SAE_ID })]),
      name: FIXED.sweep,
    });
    const label = { text: "Words for no" };
    const made = await call(
      "POST",
      `/saes/${FIXTURE_SAE_ID}/features/7/labels`,
      { json: label },
    );
    expect(made.status).toBe(201);
    const list = await call("POST", "/lists", { json: { name: "Negation" } });
    expect(list.status).toBe(201);
  });

  const withBody = operations.filter(({ operation }) => operation.requestBody);
  test.each(withBody)("$name: the body is as declared", ({ operation }) => {
    const [body] = Object.values(operation.requestBody!.content);
    expect(asZod(body!.schema).safeParse(body!.example)).toMatchObject({
      success: true,
    });
  });

  const reads = operations.filter(
    ({ method, name }) => method === "GET" && !NOT_TRIED.includes(name),
  );
  test.each(reads)("$name is answered as declared", async (read) => {
    const { status, body } = await call("GET", exampleUrl(read));
    expect({ status, body }).toMatchObject({ status: 200 });
    const { schema } =
      read.operation.responses["200"]!.content["application/json"]!;
    const parsed = asZod(schema).safeParse(body);
    expect(parsed.error?.issues ?? []).toEqual([]);
  });
});

/** What a person takes from a list first. */
const FIXED: Record<"sae" | "sweep", string> = {
  sae: FIXTURE_SAE_ID,
  sweep: "grid",
};

/** The operation's example, "/api" left off. */
function exampleUrl({
  path,
  operation,
}: {
  path: string;
  operation: ApiOperation;
}): string {
  const query = new URLSearchParams();
  let url = path.replace(/^\/api/, "");
  for (const { name, in: place, example } of operation.parameters) {
    const value = String(FIXED[name as keyof typeof FIXED] ?? example ?? "");
    if (place === "path") {
      url = url.replace(`{${name}}`, encodeURIComponent(value));
    } else if (value !== "") {
      query.set(name, value.replaceAll("{sae}", FIXTURE_SAE_ID));
    }
  }
  return query.size === 0 ? url : `${url}?${query.toString()}`;
}

/** A schema of the document on its own, with all that it refers to. */
function asZod(schema: object): z.ZodType {
  const text = JSON.stringify({
    ...schema,
    $defs: document.components.schemas,
  });
  type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];
  return z.fromJSONSchema(
    JSON.parse(
      text.replaceAll("#/components/schemas/", "#/$defs/"),
    ) as JsonSchema,
  );
}
