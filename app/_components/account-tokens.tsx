"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { ApiToken } from "#lib/contract/index";
import {
  ACTIONS,
  mayAtAll,
  PERMISSIONS,
  SCOPES,
  type Role,
  type Scope,
} from "#lib/policy";
import {
  tokensQuery,
  useMakeToken,
  useRevokeToken,
} from "#app/_queries/account";
import { formatTime } from "./format";
import { SCOPE_WORDS } from "./role-words";
import { SecretBox } from "./secret-box";
import styles from "./form.module.css";

/** What programs log in with. */
export function AccountTokens({ role }: { role: Role }) {
  const { tokens } = useSuspenseQuery(tokensQuery()).data;
  const make = useMakeToken();
  const revoke = useRevokeToken();
  return (
    <section className={`card ${styles.section}`} aria-label="API tokens">
      <h2>API tokens</h2>
      <p className="muted">
        A program that uses the API sends{" "}
        <code>Authorization: Bearer &lt;token&gt;</code> and acts as you, within
        what the token may do. No token can change accounts or tokens.
      </p>
      {tokens.length === 0 ? null : (
        <ul className={styles.list}>
          {tokens.map((token) => (
            <TokenItem
              key={token.id}
              token={token}
              disabled={revoke.isPending}
              onRevoke={() => {
                revoke.mutate(token.id);
              }}
            />
          ))}
        </ul>
      )}
      {make.data ? (
        <SecretBox label="API token" value={make.data.secret}>
          This is the token “<bdi>{make.data.token.name}</bdi>”. Copy it now: it
          is not shown again.
        </SecretBox>
      ) : null}
      <TokenForm
        key={make.data?.token.id}
        role={role}
        busy={make.isPending}
        onMake={make.mutate}
      />
      {(make.error ?? revoke.error) ? (
        <p role="alert" className={styles.error}>
          {(make.error ?? revoke.error)?.message}
        </p>
      ) : null}
    </section>
  );
}

interface TokenItemProps {
  token: ApiToken;
  disabled: boolean;
  onRevoke: () => void;
}

function TokenItem({ token, disabled, onRevoke }: TokenItemProps) {
  return (
    <li>
      <div>
        <bdi>{token.name}</bdi>{" "}
        <span className="muted small">{token.scopes.join(", ")}</span>
        <div className="muted small">
          {token.lastUsedAt === null
            ? "not used yet"
            : `last used ${formatTime(token.lastUsedAt)}`}
          ,{" "}
          {token.expiresAt === null
            ? "good until it is revoked"
            : `good until ${formatTime(token.expiresAt)}`}
        </div>
      </div>
      <button
        type="button"
        disabled={disabled}
        aria-label={`Revoke ${token.name}`}
        onClick={onRevoke}
      >
        Revoke
      </button>
    </li>
  );
}

const DAYS = [7, 30, 90, 365] as const;

interface TokenFormProps {
  role: Role;
  busy: boolean;
  onMake: (token: {
    name: string;
    scopes: Scope[];
    days: number | null;
  }) => void;
}

function TokenForm({ role, busy, onMake }: TokenFormProps) {
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly Scope[]>(["read"]);
  const [days, setDays] = useState<number | null>(90);
  const make = (event: FormEvent) => {
    event.preventDefault();
    onMake({ name, scopes: [...scopes], days });
  };
  return (
    <form onSubmit={make} className={styles.form}>
      <h3>New token</h3>
      <div className={styles.row}>
        <label className={styles.field}>
          <span>What it is for</span>
          <input
            required
            maxLength={60}
            autoComplete="off"
            value={name}
            onChange={(event) => {
              setName(event.target.value);
            }}
          />
        </label>
        <label className={styles.field}>
          <span>Good for</span>
          <select
            value={days ?? ""}
            onChange={({ target: { value } }) => {
              setDays(value === "" ? null : Number(value));
            }}
          >
            {DAYS.map((count) => (
              <option key={count} value={count}>
                {count} days
              </option>
            ))}
            <option value="">until it is revoked</option>
          </select>
        </label>
      </div>
      <fieldset className={styles.checks}>
        <legend>What it may do</legend>
        {SCOPES.filter((scope) => isUseful(scope, role)).map((scope) => (
          <label key={scope} className={styles.check}>
            <input
              type="checkbox"
              checked={scopes.includes(scope)}
              onChange={({ target: { checked } }) => {
                setScopes(
                  SCOPES.filter((other) =>
                    other === scope ? checked : scopes.includes(other),
                  ),
                );
              }}
            />
            <span>
              {SCOPE_WORDS[scope]} <code className="muted">{scope}</code>
            </span>
          </label>
        ))}
      </fieldset>
      <button type="submit" disabled={busy || scopes.length === 0}>
        Make token
      </button>
    </form>
  );
}

/** Whether somebody of this role may do anything that the scope is for. */
function isUseful(scope: Scope, role: Role): boolean {
  return ACTIONS.some(
    (action) =>
      PERMISSIONS[action].scope === scope &&
      mayAtAll({ role, scopes: null }, action),
  );
}
