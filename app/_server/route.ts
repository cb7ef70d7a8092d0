import type { z } from "zod";
import { assertMayAtAll, type Action, type Actor } from "#lib/policy";
import { limits } from "./databases";
import { checkJson, checkOrigin, readJson } from "./http-body";
import { jsonReply } from "./http-cache";
import { failureReply } from "./http-errors";
import { parseInput } from "./http-input";
import { asResponse, type Reply } from "./reply";
import { actorOf } from "./session";

type Schema = z.ZodType | undefined;
type Input<S> = S extends z.ZodType ? z.output<S> : undefined;
type Sent<S> = S extends z.ZodType ? z.input<S> : never;

/** What a route takes and gives: it is parsed by this, and documented by it. */
export interface RouteSpec<
  P extends Schema = Schema,
  Q extends Schema = Schema,
  B extends Schema = Schema,
> {
  /** What it answers or does, in a sentence or two; /api-docs shows it. */
  summary: string;
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
  /** Media type of a good answer, where it is not JSON. */
  produces?: string;
  /** A request that makes sense: /api-docs offers it, a test sends it. */
  example?: { query?: Sent<Q>; body?: Sent<B> };
}

interface RouteInput<P, Q, B, A> {
  params: Input<P>;
  query: Input<Q>;
  body: Input<B>;
  request: Request;
  /** Who asks. */
  actor: A;
  /** Headers of the answer. */
  headers: Headers;
}

/** What Next calls; `spec` is how the API document knows of it. */
export interface RouteHandler {
  (request: Request, context: { params: Promise<Params> }): Promise<Response>;
  spec: RouteSpec;
  /** The answer before it is a `Response`, where it is JSON; see direct-reads.ts. */
  reply?: (request: Request, params: Params) => Promise<Reply>;
}

type Params = Record<string, string>;

/**
 * A route handler for those who are logged in: parses what comes in, calls
 * `answer`, checks and sends what it returns. Every failure is answered as
 * `{ error: { code, message, details? } }` with its status (see `failure`).
 *
 * To add a route to the API, write `app/api/…/route.ts` that exports the
 * result under the method's name. It is then in /api/openapi.json and on
 * /api-docs, which read every such file: its `summary`, its schemas (what a
 * field means is said by `.describe()`), its `example`. A schema exported by
 * lib/contract as `somethingSchema` is named there; any other is written out.
 */
export function route<
  P extends Schema = undefined,
  Q extends Schema = undefined,
  B extends Schema = undefined,
>(
  spec: RouteSpec<P, Q, B>,
  answer: (input: RouteInput<P, Q, B, Actor>) => unknown,
): RouteHandler {
  const { may = "read" } = spec;
  if (spec.body && !spec.may) {
    throw new Error("A route that writes says what it does: `may`.");
  }
  return handler(spec, answer, async (request) => {
    const actor = await actorOf(request);
    assertMayAtAll(actor, may);
    if (isWrite(request)) limits().take("write", actor.id);
    return actor;
  });
}

/** A route handler for everybody: log-in and what comes before it. */
export function openRoute<
  P extends Schema = undefined,
  Q extends Schema = undefined,
  B extends Schema = undefined,
>(
  spec: Omit<RouteSpec<P, Q, B>, "may">,
  answer: (input: RouteInput<P, Q, B, null>) => unknown,
): RouteHandler {
  return handler(spec, answer, () => Promise.resolve(null));
}

function handler<P extends Schema, Q extends Schema, B extends Schema, A>(
  spec: RouteSpec<P, Q, B>,
  answer: (input: RouteInput<P, Q, B, A>) => unknown,
  admit: (request: Request) => Promise<A>,
): RouteHandler {
  const reply = async (request: Request, params: Params): Promise<Reply> => {
    try {
      if (isWrite(request)) checkOrigin(request);
      if (spec.body) checkJson(request);
      const actor = await admit(request);
      const headers = new Headers();
      const input = {
        params: parseInput(spec.params, params),
        query: parseInput(spec.query, queryOf(request)),
        body: spec.body && parseInput(spec.body, await readJson(request)),
        request,
        actor,
        headers,
      } as RouteInput<P, Q, B, A>;
      const result = spec.response.parse(await answer(input));
      const good = jsonReply(request, result, spec.status);
      headers.forEach((value, name) => {
        good.headers.append(name, value);
      });
      return good;
    } catch (error) {
      return failureReply(error, request);
    }
  };
  const handle = async (...[request, context]: Parameters<RouteHandler>) =>
    asResponse(await reply(request, await context.params));
  return Object.assign(documented(spec as RouteSpec, handle), { reply });
}

/**
 * Documents a handler that `route` cannot make, such as a stream or a file:
 * say in `produces` what it sends. It asks for itself who the actor is.
 */
export function documented(
  spec: RouteSpec,
  handler: (...of: Parameters<RouteHandler>) => Promise<Response>,
): RouteHandler {
  return Object.assign(handler, { spec });
}

function isWrite({ method }: Request): boolean {
  return method !== "GET" && method !== "HEAD";
}

/** Of a repeated name the last value counts; an empty one is none. */
export function queryOf(request: Request): Record<string, string> {
  const { searchParams } = new URL(request.url);
  return Object.fromEntries([...searchParams].filter(([, value]) => value));
}
