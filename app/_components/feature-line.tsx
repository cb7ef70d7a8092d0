import Link from "next/link";
import type { FeatureRow } from "#lib/contract/index";
import { featureHref } from "./feature-links";
import { formatActivation, formatPercent } from "./format";
import { StateBadge } from "./state-badge";
import { TokenChips } from "./token-chip";
import styles from "./feature-line.module.css";

interface FeatureLineProps {
  /** Null when no SAE here has this content any more. */
  sae: string | null;
  feature: number;
  /** Null when it is not indexed. */
  row: FeatureRow | null;
}

/** One feature in a list of features of any SAEs. */
export function FeatureLine({ sae, feature, row }: FeatureLineProps) {
  return (
    <div className={styles.line}>
      <p className={styles.name}>
        {sae === null ? (
          <>#{feature}</>
        ) : (
          <Link
            href={featureHref(sae, feature)}
            aria-label={`#${feature} of ${sae}`}
            prefetch={false}
          >
            #{feature}
          </Link>
        )}
        {row?.label ? <strong dir="auto">{row.label}</strong> : null}
        {row ? <StateBadge state={row.labelState} /> : null}
      </p>
      {row ? <TokenChips tokens={row.topTokens.slice(0, 5)} /> : null}
      <p className="muted small">
        {sae ?? "Its SAE is not here any more"}
        {row === null
          ? ""
          : row.firingCount === 0
            ? " · dead"
            : ` · ${formatPercent(row.density)} of tokens · max ${formatActivation(row.maxActivation)}`}
      </p>
    </div>
  );
}
