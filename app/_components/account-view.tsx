"use client";

import { useState, type FormEvent } from "react";
import { useChangePassword, useMe, useRename } from "#app/_queries/account";
import { AccountSessions } from "./account-sessions";
import { AccountTokens } from "./account-tokens";
import { PasswordField } from "./password-field";
import { ROLE_MAY } from "./role-words";
import styles from "./form.module.css";

/** One's own name, password, sessions and API tokens. */
export function AccountView({ minPassword }: { minPassword: number }) {
  const { person, singleUser } = useMe();
  if (person === null) return null;
  return (
    <div className={styles.page}>
      <div>
        <h1>Account</h1>
        <p className="muted">
          {singleUser
            ? "Monolex answers to this machine alone: nobody logs in."
            : `Your role is ${person.role}: you may ${ROLE_MAY[person.role]}.`}
        </p>
      </div>
      <NameForm name={person.name} />
      {singleUser ? null : (
        <>
          <PasswordForm name={person.name} minPassword={minPassword} />
          <AccountSessions />
        </>
      )}
      <AccountTokens role={person.role} />
    </div>
  );
}

function NameForm({ name }: { name: string }) {
  const [text, setText] = useState(name);
  const rename = useRename();
  const save = (event: FormEvent) => {
    event.preventDefault();
    rename.mutate(text);
  };
  return (
    <section className={`card ${styles.section}`} aria-label="Name">
      <h2>Name</h2>
      <form onSubmit={save} className={styles.form}>
        <label className={styles.field}>
          <span>Name that others see beside what you write</span>
          <input
            autoComplete="username"
            spellCheck={false}
            required
            maxLength={60}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
            }}
          />
        </label>
        <button type="submit" disabled={rename.isPending || text === name}>
          Change name
        </button>
        <Outcome error={rename.error} done={rename.isSuccess && text === name}>
          Your name is changed.
        </Outcome>
      </form>
    </section>
  );
}

function PasswordForm(props: { name: string; minPassword: number }) {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = useChangePassword();
  const save = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(
      { current, next },
      {
        onSuccess: () => {
          setCurrent("");
          setNext("");
        },
      },
    );
  };
  return (
    <section className={`card ${styles.section}`} aria-label="Password">
      <h2>Password</h2>
      <form onSubmit={save} className={styles.form}>
        {/* So that a password manager knows whose it is. */}
        <input
          type="text"
          autoComplete="username"
          className="visually-hidden"
          tabIndex={-1}
          aria-hidden="true"
          readOnly
          value={props.name}
        />
        <PasswordField
          label="Present password"
          kind="current-password"
          value={current}
          onChange={setCurrent}
        />
        <PasswordField
          label="New password"
          kind="new-password"
          hint={`At least ${props.minPassword} characters; several words are good. Every other device is logged out.`}
          value={next}
          onChange={setNext}
        />
        <button type="submit" disabled={change.isPending}>
          Change password
        </button>
        <Outcome error={change.error} done={change.isSuccess}>
          Your password is changed; all other devices are logged out.
        </Outcome>
      </form>
    </section>
  );
}

function Outcome(props: {
  error: Error | null;
  done: boolean;
  children: string;
}) {
  if (props.error) {
    return (
      <p role="alert" className={styles.error}>
        {props.error.message}
      </p>
    );
  }
  return (
    <p role="status" className={styles.ok}>
      {props.done ? props.children : null}
    </p>
  );
}
