"use client";

import { useRef } from "react";
import { useHotkey } from "./use-hotkey";
import styles from "./key-help.module.css";

const KEYS = [
  [["Enter"], "save the label, go on"],
  [["Alt 1", "2", "3"], "confidence low, medium, high"],
  [["Alt S"], "skip, with a reason"],
  [["Alt U"], "uninterpretable"],
  [["Alt F"], "flag"],
  [["Alt M"], "add a note"],
  [["Alt Z"], "take the last answer back"],
  [["Alt A"], "accept the first label (maintainers)"],
  [["Esc"], "leave the box; then without Alt:"],
  [["1", "…", "9"], "agree with a label"],
  [["s", "u", "f", "m", "z", "a"], "as above"],
  [["l"], "back into the box"],
  [["?"], "this help"],
] as const;

/** A button and a dialog that list the queue's keys. */
export function QueueKeys() {
  const dialog = useRef<HTMLDialogElement>(null);
  const show = () => dialog.current?.showModal();
  useHotkey("?", show);
  return (
    <>
      <button type="button" onClick={show} title="Keys (Esc, then ?)">
        Keys <kbd>?</kbd>
      </button>
      <dialog ref={dialog} className={styles.dialog} aria-label="Keys">
        <h2>Keys</h2>
        <dl>
          {KEYS.map(([keys, meaning]) => (
            <div key={meaning}>
              <dt>
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <form method="dialog">
          <button type="submit">Close</button>
        </form>
      </dialog>
    </>
  );
}
