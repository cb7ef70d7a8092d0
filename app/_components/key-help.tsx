"use client";

import { useRef } from "react";
import { useHotkey } from "./use-hotkey";
import styles from "./key-help.module.css";

const KEYS = [
  [["j", "→"], "next live feature"],
  [["k", "←"], "previous live feature"],
  [["r"], "random live feature"],
  [["g"], "go to a number"],
  [["c"], "beside the nearest feature"],
  [["t"], "try your own text"],
  [["e"], "copy or export"],
  [["l"], "write a label"],
  [["n", "p"], "choose the next or previous label"],
  [["+", "-"], "vote for or against the chosen label"],
  [["i", "h"], "edit it, see its history"],
  [["a"], "accept it (maintainers)"],
  [["f", "o"], "flag it, give it marks"],
  [["m"], "write a comment"],
  [["b", "L"], "bookmark it, put it on a list"],
  [["/"], "search, or go to a number"],
  [["?"], "this help"],
  [["Esc"], "close, or leave a field"],
] as const;

/** A button and a dialog that list every key. */
export function KeyHelp() {
  const dialog = useRef<HTMLDialogElement>(null);
  const show = () => dialog.current?.showModal();
  useHotkey("?", show);
  return (
    <>
      <button type="button" onClick={show} title="Keys (?)">
        <span aria-hidden="true">?</span>
        <span className="visually-hidden">Keys</span>
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
