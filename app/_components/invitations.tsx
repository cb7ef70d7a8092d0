"use client";

import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { useState, useSyncExternalStore, type FormEvent } from "react";
import type { Invitation } from "#lib/contract/index";
import { ROLES, type Role } from "#lib/policy";
import { invitationsQuery, useInvite, useWithdraw } from "#app/_queries/people";
import { formatTime } from "./format";
import { ROLE_WORDS } from "./role-words";
import { SecretBox } from "./secret-box";
import { ShowMore } from "./show-more";
import styles from "./form.module.css";

/** Makes links that let people in, and shows those not used yet. */
export function Invitations() {
  const list = useSuspenseInfiniteQuery(invitationsQuery());
  const [role, setRole] = useState<Role>("labeller");
  const invite = useInvite();
  const withdraw = useWithdraw();
  const open = list.data.pages.flatMap((page) => page.invitations);
  const make = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate({ role });
  };
  return (
    <section className={`card ${styles.section}`} aria-label="Invitations">
      <h2>Invitations</h2>
      <form onSubmit={make} className={styles.row}>
        <label className={styles.field}>
          <span>Invite somebody as</span>
          <select
            value={role}
            onChange={({ target: { value } }) => {
              setRole(value as Role);
            }}
          >
            {ROLES.map((each) => (
              <option key={each} value={each}>
                {ROLE_WORDS[each]}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" data-kind="primary" disabled={invite.isPending}>
          Make a link
        </button>
      </form>
      {invite.data ? <NewLink made={invite.data} /> : null}
      {open.length === 0 ? null : (
        <ul className={styles.list}>
          {open.map((each) => (
            <OpenInvitation
              key={each.id}
              invitation={each}
              busy={withdraw.isPending}
              onWithdraw={() => {
                withdraw.mutate(each.id);
              }}
            />
          ))}
        </ul>
      )}
      <ShowMore query={list}>Show more</ShowMore>
      {(invite.error ?? withdraw.error) ? (
        <p role="alert" className={styles.error}>
          {(invite.error ?? withdraw.error)?.message}
        </p>
      ) : null}
    </section>
  );
}

interface OpenInvitationProps {
  invitation: Invitation;
  busy: boolean;
  onWithdraw: () => void;
}

function OpenInvitation({ invitation, busy, onWithdraw }: OpenInvitationProps) {
  const { role, person, createdBy, createdAt, expiresAt } = invitation;
  return (
    <li>
      <div>
        A link for{" "}
        {person === null ? `a new ${role}` : <bdi>{person.name}</bdi>}
        <div className="muted small">
          by {createdBy ?? "the command line"}, {formatTime(createdAt)}, good
          until {formatTime(expiresAt)}
        </div>
      </div>
      <button
        type="button"
        disabled={busy}
        aria-label={`Withdraw the link of ${formatTime(createdAt)}`}
        onClick={onWithdraw}
      >
        Withdraw
      </button>
    </li>
  );
}

/** A link just made; only now can it be shown. */
export function NewLink(props: {
  made: { invitation: Invitation; path: string };
}) {
  const { invitation, path } = props.made;
  const origin = useOrigin();
  return (
    <SecretBox label="Invitation link" value={origin + path}>
      Send this link to{" "}
      {invitation.person === null ? (
        "one person"
      ) : (
        <bdi>{invitation.person.name}</bdi>
      )}
      . It works once, until {formatTime(invitation.expiresAt)}, and is not
      shown again.
    </SecretBox>
  );
}

/** The site's address, as this browser knows it. */
function useOrigin(): string {
  return useSyncExternalStore(
    () => () => undefined,
    () => window.location.origin,
    () => "",
  );
}
