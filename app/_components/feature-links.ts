/** The page of an SAE. */
export function saeHref(saeId: string): string {
  return `/sae/${encodeURIComponent(saeId)}`;
}

/** The page of a feature. */
export function featureHref(saeId: string, index: number): string {
  return `${saeHref(saeId)}/feature/${index}`;
}

export interface FeatureRef {
  saeId: string;
  index: number;
}

/** Two features side by side, of one SAE or of two. */
export function compareHref(a: FeatureRef, b: FeatureRef): string {
  const search = new URLSearchParams({
    a: String(a.index),
    b: String(b.index),
    ...(a.saeId === b.saeId ? {} : { other: b.saeId }),
  });
  return `${saeHref(a.saeId)}/compare?${search.toString()}`;
}

/** Two SAEs side by side. */
export function compareSaesHref(a: string, b?: string): string {
  const search = new URLSearchParams(b === undefined ? { a } : { a, b });
  return `/compare?${search.toString()}`;
}
