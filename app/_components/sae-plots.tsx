"use client";

import type { SaeDetail } from "#lib/contract/index";
import { AlignmentHistogram } from "./alignment-histogram";
import { DensityHistogram } from "./density-histogram";
import { TrainingCurve } from "./training-curve";
import { UsageScatter } from "./usage-scatter";
import styles from "./sae-view.module.css";

/** The SAE's plots, loaded together with the plotting library. */
export function SaePlots({ sae }: { sae: SaeDetail }) {
  return (
    <div className={styles.plots}>
      <div className="card">
        <UsageScatter saeId={sae.id} />
      </div>
      <div className={`card ${styles.small}`}>
        <DensityHistogram sae={sae} />
        <AlignmentHistogram sae={sae} />
        <TrainingCurve curve={sae.trainingCurve} />
      </div>
    </div>
  );
}
