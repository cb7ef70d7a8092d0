import * as contract from "#lib/contract/index";
import { z } from "zod";

export type JsonSchema = Record<string, unknown>;

const PREFIX = "#/components/schemas/";

/** What a JSON value that the API takes looks like, before it is parsed. */
export function takenSchema(schema: z.ZodType): JsonSchema {
  const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return bare(json);
}

/**
 * What the API gives: a schema for each of `given`, and the named schemas
 * they refer to. Those that lib/contract exports are named after it:
 * `featurePageSchema` is "FeaturePage".
 */
export function givenSchemas(given: readonly z.ZodType[]): {
  schemas: JsonSchema[];
  components: Record<string, JsonSchema>;
} {
  const registry = z.registry<{ id: string }>();
  const names = new Map<z.ZodType, string>();
  for (const [name, schema] of Object.entries(contract)) {
    if (schema instanceof z.ZodType) names.set(schema, nameOf(name));
  }
  for (const schema of given) {
    if (!names.has(schema)) names.set(schema, `unnamed ${names.size}`);
  }
  for (const [schema, id] of names) registry.add(schema, { id });
  const { schemas: all } = z.toJSONSchema(registry, {
    uri: (id) => PREFIX + id,
    io: "output",
    unrepresentable: "any",
  });
  const schemas = given.map((schema) => {
    const id = names.get(schema)!;
    return id.startsWith("unnamed ") ? bare(all[id]!) : { $ref: PREFIX + id };
  });
  const components: Record<string, JsonSchema> = {};
  const add = (json: unknown): void => {
    for (const id of referencesOf(json)) {
      if (id in components) continue;
      components[id] = bare(all[id]!);
      add(components[id]);
    }
  };
  add(schemas);
  return { schemas, components };
}

/** The name a `$ref` points to. */
export function referencedName(ref: string): string {
  return ref.slice(PREFIX.length);
}

function referencesOf(json: unknown): string[] {
  if (typeof json !== "object" || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) =>
    key === "$ref" && typeof value === "string"
      ? [referencedName(value)]
      : referencesOf(value),
  );
}

/** "featurePageSchema" → "FeaturePage". */
function nameOf(name: string): string {
  const short = name.replace(/Schema$/, "");
  return short.charAt(0).toUpperCase() + short.slice(1);
}

/** OpenAPI 3.1 says for the whole document which JSON Schema is meant. */
function bare(json: object): JsonSchema {
  const rest: JsonSchema = { ...json };
  delete rest["$schema"];
  delete rest["$id"];
  return rest;
}
