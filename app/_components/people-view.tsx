"use client";

import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { PEOPLE_KINDS, type PeopleKind } from "#lib/contract/index";
import { useMe } from "#app/_queries/account";
import { peopleQuery, useChangePerson, useInvite } from "#app/_queries/people";
import { Invitations, NewLink } from "./invitations";
import { PersonRow } from "./person-row";
import { useUrlParams } from "./use-url-params";
import { ShowMore } from "./show-more";
import forms from "./form.module.css";
import styles from "./people-view.module.css";

const KIND_TITLES: Record<PeopleKind, string> = {
  accounts: "Accounts",
  names: "Names without an account",
};

/** Who may come in: invitations, accounts, names that can be taken over. */
export function PeopleView() {
  const { person, singleUser } = useMe();
  const [params, change] = useUrlParams();
  const kind: PeopleKind =
    params.get("kind") === "names" ? "names" : "accounts";
  const list = useSuspenseInfiniteQuery(peopleQuery(kind));
  const changePerson = useChangePerson();
  const invite = useInvite();
  const people = list.data.pages.flatMap((page) => page.people);
  return (
    <div className={styles.page}>
      <div>
        <h1>People</h1>
        {singleUser ? (
          <p className="muted">
            Nobody logs in at present, since Monolex answers to this machine
            alone. To work as a team, give yourself an account (
            <code>
              npm run people -- add &lt;name&gt; --role admin --claim local
            </code>
            ) and start with <code>HOST=0.0.0.0</code> or{" "}
            <code>LOGIN=required</code>.
          </p>
        ) : null}
      </div>
      <Invitations />
      <section className={`card ${forms.section}`} aria-label="Everybody">
        <div className={styles.kinds} role="group" aria-label="Which people">
          {PEOPLE_KINDS.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={kind === each}
              onClick={() => {
                change({ kind: each === "accounts" ? null : each });
              }}
            >
              {KIND_TITLES[each]}
            </button>
          ))}
        </div>
        {kind === "names" ? (
          <p className="muted small">
            They wrote labels before there were accounts, or in a file that was
            imported. With an invitation whoever it is takes the name over, and
            all that was written under it.
          </p>
        ) : null}
        {people.length === 0 ? (
          <p>
            {kind === "names"
              ? "Nobody wrote without an account."
              : "Nobody has an account yet."}
          </p>
        ) : (
          <ul className={forms.list}>
            {people.map((each) => (
              <PersonRow
                key={each.id}
                person={each}
                isSelf={each.id === person?.id}
                busy={changePerson.isPending || invite.isPending}
                onChange={changePerson.mutate}
                onInvite={() => {
                  invite.mutate({ personId: each.id });
                }}
              />
            ))}
          </ul>
        )}
        <ShowMore query={list}>Show more</ShowMore>
        {invite.data ? <NewLink made={invite.data} /> : null}
        {(changePerson.error ?? invite.error) ? (
          <p role="alert" className={forms.error}>
            {(changePerson.error ?? invite.error)?.message}
          </p>
        ) : null}
      </section>
    </div>
  );
}
