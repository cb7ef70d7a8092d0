import { errorSchema } from "#lib/contract/index";
import { ERROR_STATUS } from "#lib/errors";
import { PERMISSIONS, type Action, type Permission } from "#lib/policy";
import { apiRoutes, type ApiRoute, type Method } from "./api-routes";
import { givenSchemas, takenSchema, type JsonSchema } from "./json-schemas";

export interface ApiParameter {
  name: string;
  in: "path" | "query";
  required: boolean;
  description?: string;
  schema: JsonSchema;
  example?: unknown;
}

interface Content {
  content: Record<string, { schema: JsonSchema; example?: unknown }>;
}

export interface ApiOperation {
  operationId: string;
  tags: [string];
  summary: string;
  /** Who may, where not everyone who may look may. */
  description?: string;
  parameters: ApiParameter[];
  requestBody?: Content & { required: true };
  /** By status. */
  responses: Record<string, Content & { description: string }>;
}

/** An OpenAPI 3.1 document. */
export interface ApiDocument {
  openapi: "3.1.0";
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  /** By path, then by method in lower case. */
  paths: Record<string, Partial<Record<Lowercase<Method>, ApiOperation>>>;
  components: { schemas: Record<string, JsonSchema> };
}

const CODES = Object.entries(ERROR_STATUS)
  .map(([code, status]) => `${code} (${status})`)
  .join(", ");

const DESCRIPTION = [
  "Everything the pages show, as JSON. A list is walked by its nextCursor. An answer to a GET carries an ETag: ask again with If-None-Match, and what has not changed is not sent again.",
  `Every refusal is { error: { code, message, details? } }: the message is a sentence for people, the code one of ${CODES}.`,
  "Programs and Monolex's own pages may use it; pages of other sites may not (no CORS headers are sent).",
].join("\n\n");

let built: ApiDocument | undefined;

/**
 * The API as an OpenAPI document, from what the route files declare.
 *
 * @throws Error naming the route that declares nothing.
 */
export async function apiDocument(): Promise<ApiDocument> {
  built ??= build(await apiRoutes());
  return built;
}

function build(routes: readonly ApiRoute[]): ApiDocument {
  for (const { method, path, handler } of routes) {
    // The type says that it is there; a file may do as it likes.
    if ((handler as Partial<typeof handler>).spec) continue;
    throw new Error(
      `${method} ${path} is not documented: make it with route() or documented().`,
    );
  }
  const { schemas, components } = givenSchemas([
    errorSchema,
    ...routes.map(({ handler }) => handler.spec.response),
  ]);
  const paths: ApiDocument["paths"] = {};
  routes.forEach((route, i) => {
    const path = (paths[route.path] ??= {});
    const method = route.method.toLowerCase() as Lowercase<Method>;
    path[method] = operation(route, schemas[i + 1]!, schemas[0]!);
  });
  return {
    openapi: "3.1.0",
    info: {
      title: "Monolex",
      version: "1",
      description: DESCRIPTION,
    },
    servers: [{ url: "/" }],
    paths,
    components: { schemas: components },
  };
}

function operation(
  { method, path, handler }: ApiRoute,
  answer: JsonSchema,
  error: JsonSchema,
): ApiOperation {
  const { spec } = handler;
  const status = String(spec.status ?? 200);
  return {
    operationId: operationId(method, path),
    tags: [tagOf(path)],
    summary: spec.summary,
    ...(spec.may === undefined || spec.may === "read"
      ? {}
      : { description: whoMay(spec.may) }),
    parameters: [
      ...parameters("path", spec.params, undefined),
      ...parameters("query", spec.query, spec.example?.query),
    ],
    ...(spec.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              "application/json": {
                schema: takenSchema(spec.body),
                ...(spec.example?.body === undefined
                  ? {}
                  : { example: spec.example.body }),
              },
            },
          },
        }),
    responses: {
      [status]: {
        description: spec.status === 201 ? "Made." : "The answer.",
        content: { [spec.produces ?? "application/json"]: { schema: answer } },
      },
      default: {
        description: "Why not.",
        content: { "application/json": { schema: error } },
      },
    },
  };
}

/** The fields of an object schema as parameters. */
function parameters(
  place: ApiParameter["in"],
  schema: ApiRoute["handler"]["spec"]["params"],
  example: unknown,
): ApiParameter[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = takenSchema(schema) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  const examples = (example ?? {}) as Record<string, unknown>;
  return Object.entries(properties).map(([name, property]) => {
    const { description, examples: own, ...rest } = property;
    const shown = examples[name] ?? (own as unknown[] | undefined)?.[0];
    return {
      name,
      in: place,
      required: place === "path" || required.includes(name),
      ...(typeof description === "string" ? { description } : {}),
      schema: rest,
      ...(shown === undefined ? {} : { example: shown }),
    };
  });
}

function whoMay(action: Action): string {
  const { own, other, scope }: Permission = PERMISSIONS[action];
  const roles = [
    own === null ? null : `Needs the role ${own}`,
    other === own ? null : `for what is another's ${other ?? "none will do"}`,
  ].filter((text) => text !== null);
  const token =
    scope === null ? "no token may." : `a token the scope ${scope}.`;
  return `${roles.join(", ")}; ${token}`;
}

/** GET /api/saes/{sae}/features → "getSaesSaeFeatures". */
function operationId(method: Method, path: string): string {
  const words = path.split(/[^\w]+/).filter((word) => word && word !== "api");
  const camel = words.map((w) => w.charAt(0).toUpperCase() + w.slice(1));
  return method.toLowerCase() + camel.join("");
}

/** Of an SAE's parts the part, of the others the first word. */
function tagOf(path: string): string {
  const [first = "", second] = path
    .split("/")
    .filter((part) => part !== "" && part !== "api" && !part.startsWith("{"));
  return first === "saes" && second !== undefined ? second : first;
}
