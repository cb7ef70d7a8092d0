"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { saeQuery } from "#app/_queries/saes";
import { architectureName } from "./architecture";
import { evaluationStats } from "./evaluation-stats";
import { FeatureTable } from "./feature-table";
import { formatCompact, formatCount } from "./format";
import { Provenance } from "./provenance";
import { saeLink } from "./sae-links";
import { StatList } from "./stat-list";
import styles from "./sae-view.module.css";

const SaePlots = dynamic(() => import("./sae-plots").then((m) => m.SaePlots), {
  ssr: false,
  loading: () => <div className={styles.plotsLoading} />,
});

/** One SAE: its figures, its plots, its features, what made it. */
export function SaeView({ saeId }: { saeId: string }) {
  const { data: sae } = useSuspenseQuery(saeQuery(saeId));
  const link = (page: string) => saeLink(saeId, page);
  return (
    <div className={styles.page}>
      <div className={styles.header}>
        <div>
          <p className="small">
            <Link href="/">All SAEs</Link>
          </p>
          <h1>
            {sae.modelName} <span className="mono">{sae.hookName}</span>
          </h1>
          <p className="muted">
            {architectureName(sae)} · {formatCount(sae.dIn)} →{" "}
            {formatCount(sae.dSae)} features · {formatCount(sae.liveFeatures)}{" "}
            live on {formatCompact(sae.indexedTokens)} tokens ·{" "}
            {formatCount(sae.labelledFeatures)} labelled
          </p>
        </div>
        <nav className={styles.nav} aria-label="Ways in">
          <Link className="button" href={link("search")}>
            Search
          </Link>
          <Link className="button" href={link("text")}>
            Text lens
          </Link>
          <Link className="button" href={link("atlas")}>
            Atlas
          </Link>
          <Link className="button" href={link("queue")}>
            Label
          </Link>
          <Link
            className="button"
            href={`/compare?a=${encodeURIComponent(saeId)}`}
          >
            Compare
          </Link>
          <Link className="button" href={link("evidence")}>
            Evidence
          </Link>
          <Link className="button" href={link("exchange")}>
            In and out
          </Link>
          <Link className="button" href={link("random")} prefetch={false}>
            Random feature
          </Link>
        </nav>
      </div>
      {sae.evaluation === null ? (
        <p className="card muted">
          Not evaluated yet: <code>npm run evaluate -- --sae {sae.id}</code>
        </p>
      ) : (
        <div className="card">
          <StatList stats={evaluationStats(sae.evaluation)} />
        </div>
      )}
      <SaePlots sae={sae} />
      <div id="features" className={styles.anchor}>
        <FeatureTable saeId={saeId} />
      </div>
      <Provenance sae={sae} />
    </div>
  );
}
