"use client";

import Link from "next/link";
import { z } from "zod";
import type { Flag } from "#lib/contract/index";
import { refusalOf, useViewer } from "#app/_queries/viewer";
import { featureHref } from "./feature-links";
import { formatTime } from "./format";
import { useDraft } from "./use-draft";
import styles from "./opinions.module.css";

interface FlagLineProps {
  saeId: string;
  feature: number;
  flag: Flag;
  onNote: (note: string | null) => void;
  onClear: (flag: Flag) => void;
}

/** One flag: whose, since when, why; one's own may be given a reason. */
export function FlagLine(props: FlagLineProps) {
  const { saeId, feature, flag, onNote, onClear } = props;
  const viewer = useViewer();
  const own = flag.person.id === viewer?.id;
  const key = `${viewer?.id ?? ""}.${saeId}.${feature}.flag.${flag.flag}`;
  const [draft, setDraft] = useDraft(key, z.string());
  const refusal = refusalOf(viewer, "flag.delete", flag.person.id);
  return (
    <li>
      <p>
        <strong>{flag.flag}</strong>
        {flag.duplicateOf === null ? null : (
          <>
            {" "}
            of{" "}
            <Link href={featureHref(saeId, flag.duplicateOf)} prefetch={false}>
              #{flag.duplicateOf}
            </Link>
          </>
        )}{" "}
        <span className="muted small">
          <bdi>{flag.person.name}</bdi>, {formatTime(flag.at)}
          {flag.decisive ? " · decides" : ""}
        </span>
      </p>
      {flag.note === null || draft !== null ? null : (
        <p className={styles.note} dir="auto">
          {flag.note}
        </p>
      )}
      {own && draft !== null ? (
        <form
          className={styles.row}
          onSubmit={(event) => {
            event.preventDefault();
            const note = draft.trim();
            onNote(note === "" ? null : note);
            setDraft(null);
          }}
        >
          <input
            aria-label={`Why ${flag.flag}`}
            placeholder="Why?"
            maxLength={2000}
            autoComplete="off"
            autoFocus
            value={draft}
            onChange={(event) => {
              setDraft(event.target.value);
            }}
            onKeyDown={(event) => {
              if (event.key === "Escape") setDraft(null);
            }}
          />
          <button type="submit">Save</button>
        </form>
      ) : (
        <div className={styles.actions}>
          {own ? (
            <button
              type="button"
              data-kind="quiet"
              onClick={() => {
                setDraft(flag.note ?? "");
              }}
            >
              {flag.note === null ? "Say why" : "Change the reason"}
            </button>
          ) : null}
          {refusal === undefined ? (
            <button
              type="button"
              data-kind="quiet"
              aria-label={`Take the flag ${flag.flag} of ${flag.person.name} away`}
              onClick={() => {
                onClear(flag);
              }}
            >
              Take away
            </button>
          ) : null}
        </div>
      )}
    </li>
  );
}
