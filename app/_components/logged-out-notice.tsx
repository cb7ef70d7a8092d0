"use client";

import { useEffect, useState } from "react";
import { LOGGED_OUT } from "#app/_queries/api";
import styles from "./form.module.css";

/**
 * Says that the session has ended, where it was noticed: what is typed on the
 * page stays until one has logged in again in another tab.
 */
export function LoggedOutNotice() {
  const [path, setPath] = useState<string | null>(null);
  useEffect(() => {
    const notice = () => {
      setPath(window.location.pathname + window.location.search);
    };
    window.addEventListener(LOGGED_OUT, notice);
    return () => {
      window.removeEventListener(LOGGED_OUT, notice);
    };
  }, []);
  if (path === null || path.startsWith("/login")) return null;
  return (
    <p role="alert" className={styles.notice}>
      You are not logged in any more.{" "}
      <a href={`/login?next=${encodeURIComponent(path)}`}>Log in again</a>, or{" "}
      <a href="/login" target="_blank">
        in another tab
      </a>{" "}
      to keep what you have typed here.
    </p>
  );
}
