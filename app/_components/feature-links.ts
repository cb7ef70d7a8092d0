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

/** A document, coloured by a feature, from some token on. */
export function documentHref(
  saeId: string,
  document: number,
  { feature, at }: { feature: number; at?: number },
): string {
  const search = new URLSearchParams({
    feature: String(feature),
    ...(at === undefined ? {} : { at: String(at) }),
  });
  return `${saeHref(saeId)}/document/${document}?${search.toString()}`;
}

/** The parts that an embedded feature can show, in their order. */
export const EMBED_PARTS = [
  "label",
  "test",
  "tokens",
  "histogram",
  "logits",
  "contexts",
] as const;
export type EmbedPart = (typeof EMBED_PARTS)[number];

/** A feature for other sites' frames. */
export function embedHref(
  { saeId, index }: FeatureRef,
  parts: readonly EmbedPart[],
): string {
  return `/embed${featureHref(saeId, index)}?show=${parts.join(",")}`;
}
