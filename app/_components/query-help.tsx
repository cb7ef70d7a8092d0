"use client";

import { useRef } from "react";
import { FIELD_HELP } from "#lib/query/index";
import styles from "./query-box.module.css";

/** How searches are written, with examples to try. */
export function QueryHelp({ onTry }: { onTry: (text: string) => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button
        type="button"
        className={styles.helpButton}
        aria-haspopup="dialog"
        onClick={() => dialog.current?.showModal()}
      >
        How to search
      </button>
      <dialog
        ref={dialog}
        className={styles.help}
        aria-label="How to search"
        onClick={(event) => {
          // On the backdrop.
          if (event.target === event.currentTarget) dialog.current?.close();
        }}
      >
        <div className={styles.helpBody}>
          <div className={styles.helpHead}>
            <h2>How to search</h2>
            <form method="dialog">
              <button type="submit">Close</button>
            </form>
          </div>
          <p className="muted">
            Parts stand side by side with spaces between them; a feature must
            pass them all. Choose an example to try it.
          </p>
          <dl className={styles.fields}>
            {FIELD_HELP.map(({ syntax, meaning, examples }) => (
              <div key={syntax}>
                <dt>
                  <code>{syntax}</code>
                </dt>
                <dd>
                  <p>{meaning}</p>
                  <p className={styles.examples}>
                    {examples.map((example) => (
                      <button
                        key={example}
                        type="button"
                        onClick={() => {
                          dialog.current?.close();
                          onTry(example);
                        }}
                      >
                        <code>{example}</code>
                      </button>
                    ))}
                  </p>
                </dd>
              </div>
            ))}
          </dl>
        </div>
      </dialog>
    </>
  );
}
