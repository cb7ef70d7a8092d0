"use client";

import { useId, useState } from "react";
import styles from "./form.module.css";

interface PasswordFieldProps {
  label: string;
  /** What a password manager is to do. */
  kind: "current-password" | "new-password";
  hint?: string;
  value: string;
  onChange: (value: string) => void;
}

/** A password that can be looked at: safer than to type it twice. */
export function PasswordField(props: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>
        <strong>{props.label}</strong>
      </label>
      <span className={styles.password}>
        <input
          id={id}
          type={shown ? "text" : "password"}
          autoComplete={props.kind}
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={200}
          aria-describedby={props.hint === undefined ? undefined : `${id}-hint`}
          value={props.value}
          onChange={(event) => {
            props.onChange(event.target.value);
          }}
        />
        <button
          type="button"
          data-kind="quiet"
          aria-pressed={shown}
          aria-label={`Show ${props.label.toLowerCase()}`}
          onClick={() => {
            setShown(!shown);
          }}
        >
          {shown ? "Hide" : "Show"}
        </button>
      </span>
      {props.hint === undefined ? null : (
        <span id={`${id}-hint`} className="muted small">
          {props.hint}
        </span>
      )}
    </div>
  );
}
