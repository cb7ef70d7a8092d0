"use client";

import { useState } from "react";
import styles from "./form.module.css";

interface SecretBoxProps {
  /** What it is and that it is shown once. */
  children: React.ReactNode;
  label: string;
  value: string;
}

/** Something that is shown once, to be copied. */
export function SecretBox({ children, label, value }: SecretBoxProps) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      // Without https there may be no clipboard: the text is selected below.
    }
  };
  return (
    <div className={styles.secret} role="status">
      <p>{children}</p>
      <input
        readOnly
        aria-label={label}
        value={value}
        onFocus={(event) => {
          event.target.select();
        }}
      />
      <button type="button" onClick={() => void copy()}>
        {copied ? "Copied" : "Copy"}
      </button>
    </div>
  );
}
