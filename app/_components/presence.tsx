"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import type { Person } from "#lib/contract/index";
import { presenceKey } from "#app/_queries/live";
import { useViewer } from "#app/_queries/viewer";
import styles from "./label-panel.module.css";

const NAMED = 3;

/** Who else has this feature open now. */
export function PresenceLine(at: { saeId: string; feature: number }) {
  const viewer = useViewer();
  const { data } = useQuery<Person[]>({
    queryKey: presenceKey(at.saeId, at.feature),
    queryFn: skipToken,
  });
  const others = (data ?? []).filter((person) => person.id !== viewer?.id);
  return (
    <p className={styles.presence} aria-live="polite">
      {others.slice(0, NAMED).map((person) => (
        <span key={person.id} className={styles.avatar} aria-hidden="true">
          {[...person.name][0]?.toUpperCase()}
        </span>
      ))}
      {sentence(others.map((person) => person.name))}
    </p>
  );
}

function sentence(names: string[]): string {
  if (names.length === 0) return "";
  const named = names.slice(0, NAMED);
  const rest = names.length - named.length;
  const list = rest > 0 ? [...named, `${rest} more`] : named;
  const said = new Intl.ListFormat("en").format(list);
  return `${said} ${names.length === 1 ? "is" : "are"} looking at this`;
}
