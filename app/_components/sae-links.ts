/** Where the pages of an SAE are. */
export function saeLink(saeId: string, page = ""): string {
  const base = `/sae/${encodeURIComponent(saeId)}`;
  return page === "" ? base : `${base}/${page}`;
}

/** An SAE of the API. */
export function saeApiPath(saeId: string): string {
  return `/api/saes/${encodeURIComponent(saeId)}`;
}

/** The feature table with only live, dead or dense features. */
export function stateLink(saeId: string, state: "dead" | "dense"): string {
  return `${saeLink(saeId)}?state=${state}#features`;
}
