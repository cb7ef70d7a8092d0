"use client";

import { useState, type FormEvent } from "react";
import { FLAG_KINDS, type Flag, type FlagKind } from "#lib/contract/index";
import { keyedOpinion, useOpinionChange } from "#app/_queries/opinions";
import { refusalOf, useViewer } from "#app/_queries/viewer";
import { FlagLine } from "./flag-line";
import { FLAG_WORDS } from "./flag-words";
import styles from "./opinions.module.css";

interface FlagFormProps {
  saeId: string;
  feature: number;
  flags: readonly Flag[];
}

/** What people say is the matter with a feature, and the place to say it. */
export function FlagForm({ saeId, feature, flags }: FlagFormProps) {
  const viewer = useViewer();
  const change = useOpinionChange(saeId, feature);
  const [asking, setAsking] = useState(false);
  const refusal = refusalOf(viewer, "flag.create");
  const own = (kind: FlagKind) =>
    flags.find(({ flag, person }) => flag === kind && person.id === viewer?.id);
  const set = (
    flag: FlagKind,
    duplicateOf: number | null,
    note: string | null,
  ) => {
    setAsking(false);
    change.mutate(keyedOpinion({ kind: "flag", flag, duplicateOf, note }));
  };
  const clear = ({ flag, person }: Flag) => {
    change.mutate(keyedOpinion({ kind: "unflag", flag, person: person.id }));
  };
  const press = (kind: FlagKind) => () => {
    const mine = own(kind);
    if (mine) clear(mine);
    else if (kind === "duplicate") setAsking(!asking);
    else set(kind, null, null);
  };
  return (
    <div className={styles.body}>
      <div className={styles.flags} role="group" aria-label="Your flags">
        {FLAG_KINDS.map((kind) => (
          <button
            key={kind}
            type="button"
            aria-pressed={own(kind) !== undefined}
            aria-expanded={
              kind === "duplicate" && !own(kind) ? asking : undefined
            }
            disabled={refusal !== undefined}
            title={refusal ?? FLAG_WORDS[kind]}
            onClick={press(kind)}
          >
            <span aria-hidden="true">{own(kind) ? "⚑" : "⚐"}</span> {kind}
          </button>
        ))}
      </div>
      {asking && !own("duplicate") ? (
        <DuplicateForm
          onSet={(of) => {
            set("duplicate", of, null);
          }}
        />
      ) : null}
      {refusal === undefined ? null : <p className="muted small">{refusal}</p>}
      {flags.length === 0 ? null : (
        <ul className={styles.lines} aria-label="Flags">
          {flags.map((flag) => (
            <FlagLine
              key={`${flag.flag} ${flag.person.id}`}
              saeId={saeId}
              feature={feature}
              flag={flag}
              onNote={(note) => {
                set(flag.flag, flag.duplicateOf, note);
              }}
              onClear={clear}
            />
          ))}
        </ul>
      )}
      {change.error ? (
        <p role="alert" className={styles.error}>
          {change.error.message}
        </p>
      ) : null}
    </div>
  );
}

/** Asks of which feature it is a duplicate. */
function DuplicateForm({ onSet }: { onSet: (of: number) => void }) {
  const [of, setOf] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (/^\d{1,8}$/.test(of)) onSet(Number(of));
  };
  return (
    <form className={styles.row} onSubmit={submit}>
      <label>
        Duplicate of feature{" "}
        <input
          type="number"
          min={0}
          step={1}
          required
          autoFocus
          value={of}
          onChange={(event) => {
            setOf(event.target.value);
          }}
        />
      </label>
      <button type="submit" data-kind="primary" disabled={of === ""}>
        Flag
      </button>
    </form>
  );
}
