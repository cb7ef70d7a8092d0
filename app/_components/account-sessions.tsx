"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { sessionsQuery, useEndSession } from "#app/_queries/account";
import { formatTime } from "./format";
import styles from "./form.module.css";

/** Where one is logged in. */
export function AccountSessions() {
  const { sessions } = useSuspenseQuery(sessionsQuery()).data;
  const end = useEndSession();
  return (
    <section className={`card ${styles.section}`} aria-label="Sessions">
      <h2>Where you are logged in</h2>
      <ul className={styles.list}>
        {sessions.map((session) => (
          <li key={session.id}>
            <div>
              {session.device}
              {session.current ? " (this one)" : ""}
              <div className="muted small">
                {session.address ? `from ${session.address}, ` : ""}
                since {formatTime(session.createdAt)}, until{" "}
                {formatTime(session.expiresAt)}
              </div>
            </div>
            {session.current ? null : (
              <button
                type="button"
                disabled={end.isPending}
                aria-label={`Log out ${session.device}, since ${formatTime(session.createdAt)}`}
                onClick={() => {
                  end.mutate(session.id);
                }}
              >
                Log out
              </button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 ? (
        <div>
          <button
            type="button"
            disabled={end.isPending}
            onClick={() => {
              end.mutate(null);
            }}
          >
            Log out everywhere else
          </button>
        </div>
      ) : null}
      {end.error ? (
        <p role="alert" className={styles.error}>
          {end.error.message}
        </p>
      ) : null}
    </section>
  );
}
