/**
 * A path on this site, or "/": nothing that a browser would take for another
 * site's address ("//evil.example", "/\evil.example", "javascript:…").
 */
export function safePath(path: string | null | undefined): string {
  const here = "http://monolex.invalid";
  if (!path?.startsWith("/") || !URL.canParse(path, here)) return "/";
  const url = new URL(path, here);
  // Back to the log-in would go round in circles.
  if (url.origin !== here || url.pathname === "/login") return "/";
  return url.pathname + url.search + url.hash;
}
