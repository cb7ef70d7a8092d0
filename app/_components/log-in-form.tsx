"use client";

import { useState, type FormEvent } from "react";
import { useLogIn } from "#app/_queries/account";
import { PasswordField } from "./password-field";
import styles from "./form.module.css";

interface LogInFormProps {
  /** Where to go then; a path on this site. */
  next: string;
  /** False when nobody has an account yet. */
  setUp: boolean;
}

export function LogInForm({ next, setUp }: LogInFormProps) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [remember, setRemember] = useState(false);
  const logIn = useLogIn();
  const enter = (event: FormEvent) => {
    event.preventDefault();
    logIn.mutate(
      { name, password, remember },
      {
        // Loaded anew: nothing of before stays.
        onSuccess: () => {
          window.location.assign(next);
        },
      },
    );
  };
  return (
    <div className={`card ${styles.narrow}`}>
      <h1>Log in</h1>
      {setUp ? null : (
        <p className="muted">
          Nobody has an account here yet. Whoever runs Monolex makes the first:{" "}
          <code>npm run people -- add &lt;name&gt; --role admin</code>
        </p>
      )}
      <form onSubmit={enter} className={styles.form}>
        <label className={styles.field}>
          <span>Name</span>
          <input
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            maxLength={60}
            value={name}
            onChange={(event) => {
              setName(event.target.value);
            }}
          />
        </label>
        <PasswordField
          label="Password"
          kind="current-password"
          value={password}
          onChange={setPassword}
        />
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={remember}
            onChange={(event) => {
              setRemember(event.target.checked);
            }}
          />
          Stay logged in on this device, for 30 days
        </label>
        <button
          type="submit"
          data-kind="primary"
          disabled={logIn.isPending || logIn.isSuccess}
        >
          Log in
        </button>
        {logIn.error ? (
          <p role="alert" className={styles.error}>
            {logIn.error.message}
          </p>
        ) : null}
      </form>
      <p className="muted small">
        No account, or the password forgotten? An admin can send you a link.
      </p>
    </div>
  );
}
