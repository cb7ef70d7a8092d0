"use client";

import { useId, useState, type ReactNode } from "react";
import styles from "./help-tip.module.css";

interface HelpTipProps {
  /** What is explained, e.g. "density". */
  about: string;
  /** In plain words. */
  children: ReactNode;
}

/** A question mark that explains, on hover, focus or touch; Esc closes it. */
export function HelpTip({ about, children }: HelpTipProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const show = () => {
    setOpen(true);
  };
  const hide = () => {
    setOpen(false);
  };
  return (
    <span
      className={styles.tip}
      onPointerEnter={show}
      onPointerLeave={hide}
      onKeyDown={(event) => {
        if (event.key === "Escape") hide();
      }}
    >
      <button
        type="button"
        data-kind="quiet"
        className={styles.mark}
        aria-label={`What ${about} means`}
        aria-describedby={id}
        onFocus={show}
        onBlur={hide}
        onClick={show}
      >
        ?
      </button>
      <span id={id} role="tooltip" className={styles.text} hidden={!open}>
        {children}
      </span>
    </span>
  );
}
