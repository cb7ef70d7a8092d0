import type { SaeSummary } from "#lib/contract/index";
import { architectureTitle } from "./architecture";

/** What SAEs can be chosen by. */
export const SAE_FACETS = {
  model: { name: "Model", of: (sae: SaeSummary) => sae.modelName },
  hook: { name: "Hook", of: (sae: SaeSummary) => sae.hookName },
  architecture: {
    name: "Architecture",
    of: (sae: SaeSummary) => architectureTitle(sae.architecture),
  },
} as const;
export type SaeFacet = keyof typeof SAE_FACETS;

/** What SAEs can be sorted by; null goes last either way. */
export const SAE_SORTS = {
  name: {
    name: "SAE",
    of: (sae: SaeSummary) => `${sae.modelName} ${sae.hookName} ${sae.id}`,
  },
  architecture: {
    name: "Architecture",
    of: (sae: SaeSummary) => architectureTitle(sae.architecture),
  },
  features: { name: "Features", of: (sae: SaeSummary) => sae.dSae },
  l0: { name: "L0", of: (sae: SaeSummary) => sae.evaluation?.l0 ?? null },
  fvu: { name: "FVU", of: (sae: SaeSummary) => sae.evaluation?.fvu ?? null },
  deltaCe: {
    name: "ΔCE",
    of: (sae: SaeSummary) => sae.evaluation?.deltaCe ?? null,
  },
  dead: {
    name: "Dead",
    of: (sae: SaeSummary) => sae.evaluation?.deadFraction ?? null,
  },
  labelled: {
    name: "Labelled",
    of: (sae: SaeSummary) => sae.labelledFeatures,
  },
  indexed: { name: "Indexed", of: (sae: SaeSummary) => sae.indexedAt },
} as const;
export type SaeSort = keyof typeof SAE_SORTS;
export type SaeOrder = "asc" | "desc";

/** How the list is looked at, as the address keeps it. */
export interface SaeChoice {
  facets: Partial<Record<SaeFacet, string>>;
  sort: SaeSort;
  order: SaeOrder;
}

/** The choice that an address names; what it does not know is the usual. */
export function parseSaeChoice(params: URLSearchParams): SaeChoice {
  const facets: SaeChoice["facets"] = {};
  for (const facet of Object.keys(SAE_FACETS) as SaeFacet[]) {
    const value = params.get(facet);
    if (value) facets[facet] = value;
  }
  const sort = params.get("sort") ?? "name";
  return {
    facets,
    sort: Object.hasOwn(SAE_SORTS, sort) ? (sort as SaeSort) : "name",
    order: params.get("order") === "desc" ? "desc" : "asc",
  };
}

/** The SAEs that are chosen, in order. */
export function chooseSaes(
  saes: readonly SaeSummary[],
  { facets, sort, order }: SaeChoice,
): SaeSummary[] {
  const chosen = saes.filter((sae) =>
    (Object.entries(facets) as [SaeFacet, string][]).every(
      ([facet, value]) => SAE_FACETS[facet].of(sae) === value,
    ),
  );
  const { of } = SAE_SORTS[sort];
  const sign = order === "asc" ? 1 : -1;
  return chosen.sort((first, second) => {
    const [a, b] = [of(first), of(second)];
    if (a === null || b === null) {
      return Number(a === null) - Number(b === null);
    }
    return sign * compare(a, b) || compare(first.id, second.id);
  });
}

/** The values of a facet among all SAEs, in order. */
export function facetValues(
  saes: readonly SaeSummary[],
  facet: SaeFacet,
): string[] {
  return [...new Set(saes.map(SAE_FACETS[facet].of))].sort(compare);
}

const collator = new Intl.Collator("en", { numeric: true });

/** Layer 2 comes before layer 10. */
function compare(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number"
    ? a - b
    : collator.compare(String(a), String(b));
}
