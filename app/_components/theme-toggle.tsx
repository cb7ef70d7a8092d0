"use client";

import { THEME_KEY } from "./theme";
import styles from "./site-header.module.css";

/** Switches between light and dark, and remembers it on this machine. */
export function ThemeToggle() {
  const toggle = () => {
    const { dataset } = document.documentElement;
    dataset.theme = dataset.theme === "dark" ? "light" : "dark";
    try {
      localStorage.setItem(THEME_KEY, dataset.theme);
    } catch {
      // Storage may be off: the choice then lasts until the next load.
    }
  };
  return (
    <button
      type="button"
      data-kind="quiet"
      className={styles.theme}
      onClick={toggle}
      aria-label="Switch between light and dark"
      title="Light / dark"
    >
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
        <circle
          cx="9"
          cy="9"
          r="7"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
        />
        <path d="M9 2a7 7 0 0 1 0 14z" fill="currentColor" />
      </svg>
    </button>
  );
}
