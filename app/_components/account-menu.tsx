"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { may } from "#lib/policy";
import { useLogOut, useMe } from "#app/_queries/account";
import { unreadQuery } from "#app/_queries/mentions";
import styles from "./account-menu.module.css";

/** Who one is, and the way to one's account. */
export function AccountMenu() {
  const { person, singleUser } = useMe();
  const logOut = useLogOut();
  const { data: unread = 0 } = useQuery({
    ...unreadQuery(),
    enabled: person !== null,
  });
  const menu = useRef<HTMLDetailsElement>(null);
  const pathname = usePathname();
  useClosing(menu);
  useEffect(() => {
    if (menu.current) menu.current.open = false;
  }, [pathname]);
  if (person === null) {
    return pathname === "/login" ? null : <Link href="/login">Log in</Link>;
  }
  const leave = () => {
    logOut.mutate(undefined, {
      onSuccess: () => {
        // A load, so that nothing of this person stays in the page's memory.
        // eslint-disable-next-line @next/next/no-location-assign-relative-destination
        window.location.assign("/login");
      },
    });
  };
  return (
    <details ref={menu} className={styles.menu}>
      <summary
        aria-label={`Account of ${person.name}${unread > 0 ? `, new mentions: ${unread}` : ""}`}
        title={person.name}
      >
        <span aria-hidden="true">{initial(person.name)}</span>
        {unread > 0 ? (
          <span className={styles.unread} aria-hidden="true">
            {unread}
          </span>
        ) : null}
      </summary>
      <div className={styles.box}>
        <p>
          <bdi className={styles.name}>{person.name}</bdi>
          <span className="muted small">
            {singleUser ? "on this machine alone" : person.role}
          </span>
        </p>
        <Link href="/mentions">
          Mentions{unread > 0 ? ` (${unread} new)` : ""}
        </Link>
        <Link href="/bookmarks">Bookmarks</Link>
        <Link href="/lists">Lists</Link>
        <Link href="/activity">Activity</Link>
        <Link href="/account">Account</Link>
        {may({ role: person.role, scopes: null }, "people.list") ? (
          <Link href="/people">People</Link>
        ) : null}
        {singleUser ? null : (
          <button type="button" onClick={leave} disabled={logOut.isPending}>
            Log out
          </button>
        )}
        {logOut.error ? <p role="alert">{logOut.error.message}</p> : null}
      </div>
    </details>
  );
}

/** The first character, as a reader sees characters. */
function initial(name: string): string {
  const [first] = new Intl.Segmenter().segment(name);
  return (first?.segment ?? "?").toUpperCase();
}

/** Closes the menu by Escape, and when something else is used. */
function useClosing(menu: React.RefObject<HTMLDetailsElement | null>): void {
  useEffect(() => {
    const close = (event: Event) => {
      const open = menu.current;
      if (!open?.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== "Escape") return;
        open.querySelector("summary")?.focus();
      } else if (event.target instanceof Node && open.contains(event.target)) {
        return;
      }
      open.open = false;
    };
    const events = ["keydown", "pointerdown", "focusin"] as const;
    for (const name of events) document.addEventListener(name, close);
    return () => {
      for (const name of events) document.removeEventListener(name, close);
    };
  }, [menu]);
}
