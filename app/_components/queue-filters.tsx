"use client";

import { useState } from "react";
import type { Queue, QueueView } from "#lib/contract/index";
import { QUEUE_ORDERS, QUEUE_SHOWS, type QueueOrder } from "#lib/queue-rules";
import { QueryBox } from "./query-box";
import type { UrlChange } from "./use-url-params";
import styles from "./queue-view.module.css";

export const ORDER_NAMES: Record<QueueOrder, string> = {
  frequency: "most frequent first",
  importance: "most important for reconstruction first",
  neighbours: "beside what was labelled last",
  disagreement: "most disagreement first",
  random: "at random",
};

const SHOW_NAMES: Record<(typeof QUEUE_SHOWS)[number], string> = {
  open: "that need an answer",
  unlabelled: "without a label",
  proposed: "with labels to agree on",
  disputed: "people disagree on",
};

interface QueueFiltersProps {
  queue: Queue | undefined;
  view: Partial<QueueView>;
  onChange: (change: UrlChange) => void;
}

/** Which features come, and in which order: all of it in the address. */
export function QueueFilters({ queue, view, onChange }: QueueFiltersProps) {
  const [typed, setTyped] = useState(view.q ?? "");
  const order = view.order ?? queue?.settings.order ?? "frequency";
  const assigned = (queue?.assignments.length ?? 0) > 0;
  return (
    <div className={styles.filters} role="group" aria-label="Which features">
      <label>
        Features{" "}
        <select
          value={view.show ?? "open"}
          onChange={(event) => {
            const show = event.target.value;
            onChange({ show: show === "open" ? null : show });
          }}
        >
          {QUEUE_SHOWS.map((show) => (
            <option key={show} value={show}>
              {SHOW_NAMES[show]}
            </option>
          ))}
        </select>
      </label>
      <label>
        Order{" "}
        <select
          value={order}
          onChange={(event) => {
            onChange({ order: event.target.value });
          }}
        >
          {QUEUE_ORDERS.map((name) => (
            <option key={name} value={name}>
              {ORDER_NAMES[name]}
            </option>
          ))}
        </select>
      </label>
      {assigned ? (
        <label>
          <input
            type="checkbox"
            checked={view.mine === "1"}
            onChange={(event) => {
              onChange({ mine: event.target.checked ? "1" : null });
            }}
          />{" "}
          only what is assigned to me
        </label>
      ) : null}
      <form
        className={styles.query}
        onSubmit={(event) => {
          event.preventDefault();
          onChange({ q: typed.trim() === "" ? null : typed.trim() });
        }}
      >
        <QueryBox
          label="Filter"
          placeholder="density:0.1%..1%"
          value={typed}
          onChange={setTyped}
        />
        {typed.trim() === (view.q ?? "") ? null : (
          <button type="submit">Apply</button>
        )}
      </form>
    </div>
  );
}
