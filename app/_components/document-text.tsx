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
  let end = page.passages[0]!.offset;
  return (
    <div className={styles.text}>
      {page.passages.map((passage) => {
        const { offset, tokens, sequence } = passage;
        const gap = offset - end;
        const first = offset === page.passages[0]!.offset;
        end = offset + tokens.length;
        const inside = at !== undefined && at >= offset && at < end;
        return (
          <span key={offset}>
            {gap > 0 ? (
              <span className={styles.gap}>
                {formatCount(gap)} tokens here are not in the index
              </span>
            ) : first ? null : (
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
