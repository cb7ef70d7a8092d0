/** Handlers by path: "/api/saes/{sae}" has a part for any one segment. */
export interface RouteTree<T> {
  fixed: Map<string, RouteTree<T>>;
  /** Any segment, and what it is called. */
  any?: { name: string; below: RouteTree<T> };
  value?: T;
}

export function routeTree<T>(
  routes: readonly { path: string; value: T }[],
): RouteTree<T> {
  const root: RouteTree<T> = { fixed: new Map() };
  for (const { path, value } of routes) {
    let at = root;
    for (const segment of path.split("/")) at = step(at, segment);
    at.value = value;
  }
  return root;
}

function step<T>(tree: RouteTree<T>, segment: string): RouteTree<T> {
  const below: RouteTree<T> = { fixed: new Map() };
  const name = /^\{(\w+)\}$/.exec(segment)?.[1];
  if (name !== undefined) return (tree.any ??= { name, below }).below;
  const known = tree.fixed.get(segment);
  if (known) return known;
  tree.fixed.set(segment, below);
  return below;
}

/**
 * What answers at a path, as it stands in the request; fixed segments win.
 * Undefined when nothing does, or the path is not well formed.
 */
export function findRoute<T>(
  tree: RouteTree<T>,
  path: string,
): { value: T; params: Record<string, string> } | undefined {
  const params: Record<string, string> = {};
  let at = tree;
  for (const segment of path.split("/")) {
    const fixed = at.fixed.get(segment);
    if (fixed) {
      at = fixed;
      continue;
    }
    const text = decoded(segment);
    if (!at.any || text === undefined || text === "") return undefined;
    params[at.any.name] = text;
    at = at.any.below;
  }
  return at.value === undefined ? undefined : { value: at.value, params };
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
