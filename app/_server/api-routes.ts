import type { RouteHandler } from "./route";

/** The methods a route file may answer. */
export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof METHODS)[number];

export interface ApiRoute {
  method: Method;
  /** As OpenAPI writes it: "/api/saes/{sae}/features/{index}". */
  path: string;
  handler: RouteHandler;
}

/**
 * Of other packages' making, or not for programs; they have no `spec`.
 * Everything else under app/api is documented, or a test fails.
 */
export const UNDOCUMENTED = /^\/api\/auth\//;

/**
 * Every route of the API, by path: whatever is a route file is here. They are
 * loaded one by one: a bundler hands modules that wait for a package (those of
 * the log-in do) over as promises.
 */
export async function apiRoutes(): Promise<ApiRoute[]> {
  const files = import.meta.glob<Record<string, RouteHandler | undefined>>(
    "../api/**/route.ts",
  );
  const routes = await Promise.all(
    Object.entries(files).map(async ([file, load]) => {
      const path = pathOf(file);
      const handlers = await load();
      return METHODS.flatMap((method) => {
        const handler = handlers[method];
        return handler === undefined ? [] : [{ method, path, handler }];
      });
    }),
  );
  return routes
    .flat()
    .filter(({ path }) => !UNDOCUMENTED.test(path))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** "../api/saes/[sae]/route.ts" → "/api/saes/{sae}". */
function pathOf(file: string): string {
  return file
    .replace(/^\.\./, "")
    .replace(/\/route\.ts$/, "")
    .replaceAll(/\[(?:\.\.\.)?(\w+)\]/g, "{$1}");
}
