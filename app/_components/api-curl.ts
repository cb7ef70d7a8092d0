import type { ApiParameter } from "#app/_server/api-document";

/** A route's path with values for its segments and its query. */
export function requestPath(
  path: string,
  parameters: readonly ApiParameter[],
  values: Readonly<Record<string, string>>,
): string {
  const query = new URLSearchParams();
  let filled = path;
  for (const { name, in: place } of parameters) {
    const value = values[name] ?? "";
    if (place === "path") {
      // A segment that is not filled in stays as it is written.
      if (value === "") continue;
      filled = filled.replace(`{${name}}`, encodeURIComponent(value));
    } else if (value !== "") query.set(name, value);
  }
  return query.size === 0 ? filled : `${filled}?${query.toString()}`;
}

/** The same request for a terminal. */
export function curlCommand(
  method: string,
  url: string,
  body: unknown,
): string {
  const parts = ["curl"];
  if (method !== "GET") parts.push("-X", method);
  parts.push(quoted(url));
  if (body !== undefined) {
    parts.push("-H", quoted("content-type: application/json"));
    parts.push("-d", quoted(JSON.stringify(body)));
  }
  return parts.join(" ");
}

/** In single quotes nothing means anything to a shell but the quote. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
