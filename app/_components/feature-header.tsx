"use client";

import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import { useRef, type FormEvent } from "react";
import type { FeatureDetail } from "#lib/contract/index";
import { carriedParams } from "./carried-params";
import { FeatureExport } from "./feature-export";
import { FeatureKeep } from "./feature-keep";
import { compareHref, featureHref, saeHref } from "./feature-links";
import { formatCount, formatOneIn, formatPercent } from "./format";
import { HelpTip } from "./help-tip";
import { KeyHelp } from "./key-help";
import { useHotkey } from "./use-hotkey";
import styles from "./feature-view.module.css";

/** Which feature it is, how often it fires, and the ways to others. */
export function FeatureHeader({ feature }: { feature: FeatureDetail }) {
  const router = useRouter();
  const carried = carriedParams(useSearchParams());
  const { saeId, index, previous, next } = feature;
  const nearest = feature.neighbours[0];
  const hrefOf = (other: number) => `${featureHref(saeId, other)}${carried}`;
  const links = {
    previous: previous === null ? null : hrefOf(previous),
    next: next === null ? null : hrefOf(next),
    random: `${saeHref(saeId)}/random${carried}`,
    compare: nearest
      ? compareHref({ saeId, index }, { saeId, index: nearest.feature })
      : null,
  };
  const go = (href: string | null) => () => {
    if (href !== null) router.push(href);
  };
  useHotkey("j", go(links.next));
  useHotkey("ArrowRight", go(links.next));
  useHotkey("k", go(links.previous));
  useHotkey("ArrowLeft", go(links.previous));
  useHotkey("r", go(links.random));
  useHotkey("c", go(links.compare));
  return (
    <div className={styles.header}>
      <div>
        <p className="small">
          <Link href={saeHref(saeId)}>{saeId}</Link>
        </p>
        <h1>Feature {index}</h1>
        <div className={`muted ${styles.density}`}>
          <p>{densitySentence(feature)}</p>
          {feature.firingCount === 0 ? null : (
            <HelpTip about="how often it fires">
              {`Of all ${formatCount(feature.tokens)} tokens that were indexed, the share on which its activation is above zero: an exact count. A rare feature often stands for something specific, one that fires on every tenth token seldom does.`}
            </HelpTip>
          )}
        </div>
      </div>
      <nav className={styles.nav} aria-label="Other features">
        {links.previous === null ? null : (
          <Link
            className="button"
            href={links.previous}
            title="Previous live feature (k)"
            prefetch={false}
          >
            ← Previous
          </Link>
        )}
        {links.next === null ? null : (
          <Link
            className="button"
            href={links.next}
            title="Next live feature (j)"
          >
            Next →
          </Link>
        )}
        <GoTo
          last={feature.dSae - 1}
          onGo={(number) => {
            router.push(hrefOf(number));
          }}
        />
        <Link
          className="button"
          href={links.random}
          title="Random live feature (r)"
          prefetch={false}
        >
          Random
        </Link>
        {links.compare === null ? null : (
          <Link
            className="button"
            href={links.compare}
            title="Beside its nearest feature (c)"
            prefetch={false}
          >
            Compare
          </Link>
        )}
        <FeatureKeep saeId={saeId} feature={index} />
        <FeatureExport saeId={saeId} index={index} />
        <KeyHelp />
      </nav>
    </div>
  );
}

interface GoToProps {
  /** The last feature's number. */
  last: number;
  onGo: (index: number) => void;
}

/** A box for a feature's number; `g` goes there. */
function GoTo({ last, onGo }: GoToProps) {
  const box = useRef<HTMLInputElement>(null);
  useHotkey("g", () => {
    box.current?.focus();
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const number = box.current?.valueAsNumber ?? NaN;
    if (Number.isInteger(number)) onGo(number);
  };
  return (
    <form className={styles.goTo} onSubmit={submit}>
      <input
        ref={box}
        type="number"
        min={0}
        max={last}
        required
        placeholder="No."
        aria-label={`Go to feature number, 0 to ${last}`}
        title="Go to a feature's number (g)"
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
    </form>
  );
}

/** "Fires on 1 in 830 tokens (0.12 %), more often than 63 % of live features." */
function densitySentence(feature: FeatureDetail): string {
  if (feature.firingCount === 0) {
    return `Never fired on ${formatCount(feature.tokens)} tokens.`;
  }
  const often =
    feature.densityPercentile === null
      ? ""
      : `, more often than ${formatPercent(feature.densityPercentile, 0)} of live features`;
  return `Fires on ${formatOneIn(feature.density)} (${formatPercent(feature.density)})${often}.`;
}
