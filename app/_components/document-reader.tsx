"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import type { DocumentPage } from "#lib/contract/index";
import { documentQuery, type DocumentView } from "#app/_queries/documents";
import { ActivationLegend } from "./activation-legend";
import { DocumentText } from "./document-text";
import { documentHref, featureHref } from "./feature-links";
import { FeaturePeek } from "./feature-peek";
import { formatCount } from "./format";
import { ReadingArea } from "./reading-area";
import { useHotkey } from "./use-hotkey";
import styles from "./document-reader.module.css";

interface DocumentReaderProps {
  saeId: string;
  document: number;
  view: DocumentView;
}

/** A document of the corpus, page by page, coloured by one feature. */
export function DocumentReader({ saeId, document, view }: DocumentReaderProps) {
  const stored = useSuspenseQuery(
    documentQuery(saeId, document, view, "stored"),
  ).data;
  const run = useQuery(documentQuery(saeId, document, view, "run"));
  const page = run.data ?? stored;
  const { feature } = page;
  return (
    <div className={styles.page}>
      <div className={styles.header}>
        <div>
          <p className="small">
            {page.source} · document {page.id}
          </p>
          <h1>{page.title}</h1>
          <div className={`muted ${styles.feature}`}>
            <span>
              Coloured by{" "}
              <Link href={featureHref(saeId, feature)} prefetch={false}>
                feature {feature}
              </Link>
            </span>
            <FeaturePeek saeId={saeId} index={feature} />
          </div>
        </div>
        <FeatureChoice
          key={feature}
          feature={feature}
          hrefOf={(chosen) =>
            placeHref(saeId, page, { ...view, feature: chosen })
          }
        />
      </div>
      <div className={styles.bar}>
        <ActivationLegend max={page.maxActivation} />
        <p className="muted small" role="status">
          {run.isFetching ? "Running the model on this page …" : said(page)}
        </p>
      </div>
      <Pages saeId={saeId} page={page} name="Pages, above" keys />
      <ReadingArea className="card">
        <DocumentText page={page} at={view.at} />
      </ReadingArea>
      <Pages saeId={saeId} page={page} name="Pages, below" />
    </div>
  );
}

/** Where the values come from. */
function said(page: DocumentPage): string {
  if (page.measured === "run") {
    return "Every value is the feature's exact activation.";
  }
  const { passages } = page;
  const count = passages.filter((passage) => passage.known === "all").length;
  return `The model or the SAE's files are not here: shown is what the index holds, all activations in ${count} of ${passages.length} passages and single ones in others.`;
}

function placeHref(
  saeId: string,
  page: DocumentPage,
  { feature, at }: DocumentView,
): string {
  const first = page.passages[0]!.offset;
  return at === undefined
    ? pageHref(saeId, { ...page, feature }, first)
    : documentHref(saeId, page.id, { feature, at });
}

function pageHref(
  saeId: string,
  { id, feature }: Pick<DocumentPage, "id" | "feature">,
  from: number,
): string {
  return `${documentHref(saeId, id, { feature })}&from=${from}`;
}

interface FeatureChoiceProps {
  feature: number;
  hrefOf: (feature: number) => string;
}

function FeatureChoice({ feature, hrefOf }: FeatureChoiceProps) {
  const router = useRouter();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget).get("feature");
    router.replace(hrefOf(Number(chosen)), { scroll: false });
  };
  return (
    <form onSubmit={submit} className={styles.choice}>
      <label>
        <span>Feature</span>
        <input
          name="feature"
          type="number"
          min={0}
          required
          defaultValue={feature}
        />
      </label>
      <button type="submit">Colour</button>
    </form>
  );
}

interface PagesProps {
  saeId: string;
  page: DocumentPage;
  name: string;
  /** Whether ← and → turn pages here. */
  keys?: boolean;
}

function Pages({ saeId, page, name, keys = false }: PagesProps) {
  const router = useRouter();
  const { passages, previous, next } = page;
  const last = passages.at(-1)!;
  const turn = (from: number | null) => () => {
    if (keys && from !== null) router.push(pageHref(saeId, page, from));
  };
  useHotkey("k", turn(previous));
  useHotkey("j", turn(next));
  return (
    <nav className={styles.pages} aria-label={name}>
      {previous === null ? (
        <span className="muted small">
          The document&rsquo;s first indexed part
        </span>
      ) : (
        <Link className="button" href={pageHref(saeId, page, previous)}>
          ← Earlier
        </Link>
      )}
      <span className="muted small">
        tokens {formatCount(passages[0]!.offset)} –{" "}
        {formatCount(last.offset + last.tokens.length - 1)}
      </span>
      {next === null ? (
        <span className="muted small">Its last indexed part</span>
      ) : (
        <Link className="button" href={pageHref(saeId, page, next)}>
          Later →
        </Link>
      )}
    </nav>
  );
}
