/** What stays the same from feature to feature: how things are drawn, and one's own text. */
const CARRIED = ["view", "before", "after", "breaks", "counts", "scale", "try"];

/** The part of a feature page's query string that its neighbours get as well. */
export function carriedParams(params: URLSearchParams): string {
  const carried = new URLSearchParams();
  for (const name of CARRIED) {
    const value = params.get(name);
    if (value !== null) carried.set(name, value);
  }
  return carried.size === 0 ? "" : `?${carried.toString()}`;
}
