import type { z } from "zod";
import { assertMayAtAll, type Action, type Actor } from "#lib/policy";
import { failure } from "./http-errors";
import { checkWrite, readJson } from "./http-body";
import { parseInput } from "./http-input";
import { actorOf } from "./session";

type Input<S> = S extends z.ZodType ? z.output<S> : undefined;
type Schema = z.ZodType | undefined;

interface RouteSchema<P extends Schema, Q extends Schema, B extends Schema> {
  /** Path segments. */
  params?: P;
  /** The query string; see `queryOf`. */
  query?: Q;
  /** The JSON body. A route that has one is a write. */
  body?: B;
  response: z.ZodType;
  /**
   * What the route does; who may not do it, to their own things or others', is
   * refused. Whose thing it is the answer must ask (`assertMay`). A write names
   * it; a route that only reads need not.
   */
  may?: Action;
  /** Status of a good answer, default 200. */
  status?: number;
}

interface RouteInput<P, Q, B> {
  params: Input<P>;
  query: Input<Q>;
  body: Input<B>;
  request: Request;
  /** Who asks. */
  actor: Actor;
}

/**
 * A route handler: parses what comes in, calls `answer`, checks and sends
 * what it returns. Every failure is answered as `{ error: { code, message,
 * details? } }` with its status (see `failure`).
 */
export function route<
  P extends Schema = undefined,
  Q extends Schema = undefined,
  B extends Schema = undefined,
>(
  schema: RouteSchema<P, Q, B>,
  answer: (input: RouteInput<P, Q, B>) => unknown,
): (
  request: Request,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response> {
  const { may = "read" } = schema;
  if (schema.body && !schema.may) {
    throw new Error("A route that writes says what it does: `may`.");
  }
  return async (request, context) => {
    try {
      if (schema.body) checkWrite(request);
      const actor = await actorOf(request);
      assertMayAtAll(actor, may);
      const input = {
        params: parseInput(schema.params, await context.params),
        query: parseInput(schema.query, queryOf(request)),
        body: schema.body && parseInput(schema.body, await readJson(request)),
        request,
        actor,
      } as RouteInput<P, Q, B>;
      const result = schema.response.parse(await answer(input));
      return Response.json(result, {
        status: schema.status ?? 200,
        headers: { "cache-control": "no-store" },
      });
    } catch (error) {
      return failure(error, request);
    }
  };
}

/** Of a repeated name the last value counts; an empty one is none. */
function queryOf(request: Request): Record<string, string> {
  const { searchParams } = new URL(request.url);
  return Object.fromEntries([...searchParams].filter(([, value]) => value));
}
