"use client";

import {
  useEffect,
  useRef,
  useState,
  type ReactNode,
  type SyntheticEvent,
} from "react";
import { readingsOf, setReadings, type Readings } from "./reading";
import styles from "./reading-area.module.css";

interface Shown {
  text: string;
  detail: string | undefined;
  /** Middle and top of the token, in the window. */
  x: number;
  y: number;
}

interface ReadingAreaProps {
  className?: string | undefined;
  /** A second line for the value, e.g. how it compares. */
  describe?: (readings: Readings) => string | undefined;
  children: ReactNode;
}

/**
 * Inside it every element with a `data-value` shows it in a box while the
 * pointer or the focus is on it, and what it holds to be read
 * (`data-read-…`) is marked on the page's plots. One box and one listener
 * serve thousands of tokens.
 */
export function ReadingArea(props: ReadingAreaProps) {
  const { className, describe, children } = props;
  const [shown, setShown] = useState<Shown | null>(null);
  const reading = useRef<Element | null>(null);

  const read = (event: SyntheticEvent) => {
    const element = (event.target as Element).closest("[data-value]");
    if (element === reading.current) return;
    reading.current = element;
    if (element === null) {
      clear();
      return;
    }
    const readings = readingsOf(element);
    setReadings(readings);
    // A token broken over two lines: the box stands over its first part.
    const [box = element.getBoundingClientRect()] = element.getClientRects();
    setShown({
      text: element.getAttribute("data-value") ?? "",
      detail: describe?.(readings),
      x: Math.min(
        window.innerWidth - 90,
        Math.max(90, box.left + box.width / 2),
      ),
      y: box.top,
    });
  };
  const clear = () => {
    reading.current = null;
    setReadings({});
    setShown(null);
  };

  useEffect(() => {
    if (shown === null) return;
    const hide = () => {
      reading.current = null;
      setShown(null);
    };
    window.addEventListener("scroll", hide, { passive: true, capture: true });
    return () => {
      window.removeEventListener("scroll", hide, { capture: true });
    };
  }, [shown]);
  useEffect(() => () => setReadings({}), []);

  return (
    <div
      className={`${styles.area} ${className ?? ""}`}
      onPointerOver={read}
      onPointerLeave={clear}
      onFocus={read}
      onBlur={clear}
      onKeyDown={(event) => {
        if (event.key === "Escape") clear();
      }}
    >
      {children}
      {shown === null ? null : (
        // The value is in the token's own words already.
        <div
          aria-hidden="true"
          className={styles.box}
          style={{ left: shown.x, top: shown.y }}
        >
          <strong>{shown.text}</strong>
          {shown.detail === undefined ? null : <span>{shown.detail}</span>}
        </div>
      )}
    </div>
  );
}
