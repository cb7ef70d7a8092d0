"use client";

import {
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type ReactNode,
} from "react";
import styles from "./explained.module.css";

interface ExplainedProps {
  /** The word that is explained, or a mark that stands for it. */
  children: ReactNode;
  explanation: ReactNode;
  /** What the mark says to those who do not see it. */
  label?: string;
  /** Of the button that the word is, instead of a dotted line. */
  className?: string | undefined;
}

/** Room kept to the window's sides. */
const EDGE = 8;

/**
 * A word with its explanation, shown while it is pointed at or focused, and
 * by a tap; Escape hides it.
 */
export function Explained(props: ExplainedProps) {
  const { children, explanation, label, className = styles.word } = props;
  const id = useId();
  const [shown, setShown] = useState(false);
  const box = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!shown || element === null) return;
    element.style.translate = "0";
    const { left, right } = element.getBoundingClientRect();
    const over = right - (document.documentElement.clientWidth - EDGE);
    element.style.translate = `${Math.max(EDGE - left, -Math.max(0, over))}px`;
  }, [shown]);
  useEffect(() => {
    if (!shown) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") setShown(false);
    };
    window.addEventListener("keydown", onKey);
    return () => {
      window.removeEventListener("keydown", onKey);
    };
  }, [shown]);
  const show = () => {
    setShown(true);
  };
  const hide = () => {
    setShown(false);
  };
  return (
    <span
      className={styles.explained}
      onPointerEnter={(event) => {
        if (event.pointerType === "mouse") show();
      }}
      onPointerLeave={(event) => {
        if (event.pointerType === "mouse") hide();
      }}
    >
      <button
        type="button"
        className={className}
        aria-label={label}
        aria-describedby={id}
        onFocus={show}
        onBlur={hide}
        onClick={show}
      >
        {children}
      </button>
      <span
        ref={box}
        role="tooltip"
        id={id}
        className={styles.box}
        hidden={!shown}
      >
        {explanation}
      </span>
    </span>
  );
}
