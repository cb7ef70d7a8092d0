import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { Me } from "#lib/contract/index";
import { AppError } from "#lib/errors";
import type { Actor } from "#lib/policy";
import { safePath } from "#app/_components/safe-path";
import { INCOMING } from "./incoming";
import { actorOf, meOf } from "./session";

/**
 * Who looks at a page. Whoever is not logged in is sent to the log-in, and from
 * there back. Every page asks this first (test/house/pages.test.ts).
 */
export async function visitor(): Promise<Actor> {
  const actor = await askedBy();
  if (!(actor instanceof AppError)) return actor;
  if (actor.status >= 500) throw actor;
  redirect(`/login?next=${encodeURIComponent(await currentPath())}`);
}

/** As the header shows who is looking; nobody is somebody too. */
export const currentMe = cache(async (): Promise<Me> =>
  meOf({ headers: await headers() }),
);

/** Why nobody may look at all, where log-in would not help. */
export async function refusal(): Promise<string | null> {
  const actor = await askedBy();
  return actor instanceof AppError && actor.code === "forbidden"
    ? actor.message
    : null;
}

/** Page and layout ask both: once is enough. */
const askedBy = cache(async (): Promise<Actor | AppError> => {
  try {
    return await actorOf({ headers: await headers() });
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
});

/** Path and query of the page that is asked for. */
async function currentPath(): Promise<string> {
  const url = new URL(
    (await headers()).get(INCOMING.path) ?? "/",
    "http://monolex.invalid",
  );
  // What Next asks for when it changes pages without loading one.
  url.searchParams.delete("_rsc");
  return safePath(url.pathname + url.search);
}
