import type { FeatureState } from "#lib/label-rules";
import styles from "./state-badge.module.css";

const STATES: Record<FeatureState, [sign: string, meaning: string]> = {
  unlabelled: ["○", "Nobody has said what it is"],
  proposed: ["◐", "There is a label, not agreed on yet"],
  accepted: ["✓", "A maintainer or votes decided for a label"],
  disputed: ["⇄", "People disagree about the label"],
  uninterpretable: ["∅", "People decided that it means nothing"],
};

/** How far people agree on a feature: a sign and a word. */
export function StateBadge({ state }: { state: FeatureState }) {
  const [sign, meaning] = STATES[state];
  return (
    <span className={styles.badge} data-state={state} title={meaning}>
      <span aria-hidden="true">{sign}</span> {state}
    </span>
  );
}
