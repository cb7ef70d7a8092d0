"use client";

import type { DocumentPage } from "#lib/contract/index";
import { denseValues } from "./dense-values";
import { formatCount } from "./format";
import { TokenStrip } from "./token-strip";
import { useShowTarget } from "./use-show-target";
import styles from "./document-reader.module.css";

interface DocumentTextProps {
  page: DocumentPage;
  /** The token that is looked for. */
  at: number | undefined;
}

/** A page of a document; what is not indexed of it is said. */
export function DocumentText({ page, at }: DocumentTextProps) {
  useShowTarget(at === undefined ? null : `t-${at}`);
  return (
    <div className={styles.text}>
      {page.passages.map((passage, i) => {
        const { offset, tokens, sequence } = passage;
        const before = page.passages[i - 1];
        const gap = before ? offset - before.offset - before.tokens.length : 0;
        const end = offset + tokens.length;
        const inside = at !== undefined && at >= offset && at < end;
        return (
          <span key={offset}>
            {gap > 0 ? (
              <span className={styles.gap}>
                {formatCount(gap)} tokens here are not in the index
              </span>
            ) : before === undefined ? null : (
              <span
                className={styles.seam}
                title="The model reads each passage by itself: its context begins anew here."
              />
            )}
            <TokenStrip
              tokens={tokens}
              values={denseValues(tokens.length, passage)}
              max={page.maxActivation}
              anchor="t"
              numberFrom={offset}
              target={inside ? at - offset : undefined}
              breaks
            />
            <span className="visually-hidden"> end of passage {sequence} </span>
          </span>
        );
      })}
    </div>
  );
}
