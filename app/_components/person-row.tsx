"use client";

import type { ListedPerson } from "#lib/contract/index";
import { ROLES, type Role } from "#lib/policy";
import { formatTime } from "./format";
import styles from "./people-view.module.css";

interface PersonRowProps {
  person: ListedPerson;
  isSelf: boolean;
  busy: boolean;
  onChange: (change: { id: string; role?: Role; disabled?: boolean }) => void;
  onInvite: () => void;
}

const STATE_WORDS: Record<ListedPerson["state"], string> = {
  active: "",
  disabled: "disabled",
  name: "no account",
  local: "the person of this machine, without log-in",
};

/** One line of the list of people: who it is, and what can be done about it. */
export function PersonRow(props: PersonRowProps) {
  const { person, isSelf } = props;
  const { name, state } = person;
  return (
    <li>
      <div>
        <bdi className={state === "disabled" ? styles.disabled : undefined}>
          {name}
        </bdi>
        {isSelf ? " (you)" : ""}{" "}
        <span className="muted small">{STATE_WORDS[state]}</span>
        <div className="muted small">since {formatTime(person.createdAt)}</div>
      </div>
      <div className={styles.actions}>
        {isSelf ? (
          <span className="muted">{person.role}</span>
        ) : (
          <Actions {...props} />
        )}
      </div>
    </li>
  );
}

function Actions(props: PersonRowProps) {
  const { person, busy, onChange, onInvite } = props;
  const { id, name, state } = person;
  if (state === "name" || state === "local") {
    return (
      <button
        type="button"
        disabled={busy}
        aria-label={`Invite to take over: ${name}`}
        onClick={onInvite}
      >
        Invite to take over
      </button>
    );
  }
  return (
    <>
      <RoleSelect {...props} />
      {state === "disabled" ? null : (
        <button
          type="button"
          disabled={busy}
          aria-label={`New password for ${name}`}
          onClick={onInvite}
        >
          New password
        </button>
      )}
      <button
        type="button"
        disabled={busy}
        aria-label={`${state === "disabled" ? "Enable" : "Disable"} ${name}`}
        onClick={() => {
          onChange({ id, disabled: state === "active" });
        }}
      >
        {state === "disabled" ? "Enable" : "Disable"}
      </button>
    </>
  );
}

function RoleSelect({ person, busy, onChange }: PersonRowProps) {
  return (
    <select
      aria-label={`Role of ${person.name}`}
      value={person.role}
      disabled={busy}
      onChange={({ target: { value } }) => {
        onChange({ id: person.id, role: value as Role });
      }}
    >
      {ROLES.map((role) => (
        <option key={role}>{role}</option>
      ))}
    </select>
  );
}
