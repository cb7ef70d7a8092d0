/** Where the pages of an SAE are. */
export function saeLink(saeId: string, page = ""): string {
  const base = `/sae/${encodeURIComponent(saeId)}`;
  return page === "" ? base : `${base}/${page}`;
}

/** An SAE of the API. */
export function saeApiPath(saeId: string): string {
  return `/api/saes/${encodeURIComponent(saeId)}`;
}

/** The feature table with a filter in the language of the search. */
export function filterLink(saeId: string, q: string): string {
  return `${saeLink(saeId)}?${new URLSearchParams({ q }).toString()}#features`;
}
