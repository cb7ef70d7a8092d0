/** What the page of activity can be narrowed to. */
export interface ActivityFilters {
  sae?: string | undefined;
  person?: string | undefined;
  noun?: string | undefined;
}

/** The page of what people did. */
export function activityHref(filters: ActivityFilters = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) {
    if (typeof value === "string") search.set(name, value);
  }
  const query = search.toString();
  return query === "" ? "/activity" : `/activity?${query}`;
}

/** A comment on its feature's page. */
export const commentAnchor = (id: number) => `comment-${id}`;
