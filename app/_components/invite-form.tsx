"use client";

import { useState, type FormEvent } from "react";
import type { Welcome } from "#lib/contract/index";
import { useAccept } from "#app/_queries/account";
import { PasswordField } from "./password-field";
import { ROLE_MAY } from "./role-words";
import styles from "./form.module.css";

interface InviteFormProps {
  token: string;
  welcome: Welcome;
  minPassword: number;
}

/** What an invitation's link opens: choose a name and a password. */
export function InviteForm({ token, welcome, minPassword }: InviteFormProps) {
  const [name, setName] = useState(welcome.name ?? "");
  const [password, setPassword] = useState("");
  const accept = useAccept(token);
  const enter = (event: FormEvent) => {
    event.preventDefault();
    accept.mutate(
      { password, ...(welcome.choosesName ? { name } : {}) },
      {
        onSuccess: () => {
          window.location.replace("/");
        },
      },
    );
  };
  return (
    <div className={`card ${styles.narrow}`}>
      <h1>{welcome.choosesName ? "Welcome to Monolex" : "A new password"}</h1>
      <Reason welcome={welcome} />
      <form onSubmit={enter} className={styles.form}>
        <label className={styles.field}>
          <span>Name</span>
          <input
            autoComplete="username"
            autoCapitalize="words"
            spellCheck={false}
            required
            maxLength={60}
            readOnly={!welcome.choosesName}
            value={name}
            onChange={(event) => {
              setName(event.target.value);
            }}
          />
          {welcome.choosesName ? (
            <span className="muted small">
              What you log in with, and what others see beside your labels.
            </span>
          ) : null}
        </label>
        <PasswordField
          label="Password"
          kind="new-password"
          hint={`At least ${minPassword} characters; several words are good.`}
          value={password}
          onChange={setPassword}
        />
        <button
          type="submit"
          data-kind="primary"
          disabled={accept.isPending || accept.isSuccess}
        >
          {welcome.choosesName ? "Join" : "Set password"}
        </button>
        {accept.error ? (
          <p role="alert" className={styles.error}>
            {accept.error.message}
          </p>
        ) : null}
      </form>
    </div>
  );
}

function Reason({
  welcome: { name, role, choosesName },
}: {
  welcome: Welcome;
}) {
  if (!choosesName) {
    return (
      <p className="muted">
        This link is for <bdi>{name}</bdi>. Wherever you are logged in now, you
        are logged out.
      </p>
    );
  }
  return (
    <p className="muted">
      You are invited as {role}: you may {ROLE_MAY[role]}.
      {name === null ? null : (
        <>
          {" "}
          What was written here as “<bdi>{name}</bdi>” becomes yours.
        </>
      )}
    </p>
  );
}
