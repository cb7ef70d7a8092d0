import Link from "next/link";
import type { FeatureRow } from "#lib/contract/index";
import { formatPercent } from "./format";
import { TokenChips } from "./token-chip";
import type { LensState } from "./use-lens-state";
import styles from "./lens-panel.module.css";

interface LensFeatureNameProps {
  saeId: string;
  feature: number;
  /** Undefined until it is here. */
  row: FeatureRow | undefined;
  state: Pick<LensState, "by" | "feature" | "colourBy">;
}

/** A feature's number, what it is called or fires on, and a brush to colour with. */
export function LensFeatureName(props: LensFeatureNameProps) {
  const { saeId, feature, row, state } = props;
  const colours = state.by === "feature" && state.feature === feature;
  return (
    <div className={styles.name}>
      <button
        type="button"
        className={styles.brush}
        aria-pressed={colours}
        aria-label={`Colour the text by feature ${feature}`}
        title="Colour the text by this feature"
        onClick={() => {
          if (colours) state.colourBy("error");
          else state.colourBy("feature", feature);
        }}
      >
        <span aria-hidden="true" />
      </button>
      <div>
        <Link
          href={`/sae/${encodeURIComponent(saeId)}/feature/${feature}`}
          prefetch={false}
        >
          #{feature}
        </Link>
        {row ? (
          <span className="muted small"> {formatPercent(row.density)}</span>
        ) : null}
        <div className={styles.described}>
          {row ? (
            (row.label ?? <TokenChips tokens={row.topTokens.slice(0, 3)} />)
          ) : (
            <span className="muted">…</span>
          )}
        </div>
      </div>
    </div>
  );
}
