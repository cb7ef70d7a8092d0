"use client";

import { useState, type FormEvent } from "react";
import type { Assignment, Queue, QueueSettings } from "#lib/contract/index";
import { QUEUE_ORDERS } from "#lib/queue-rules";
import { changeKey } from "#app/_queries/change";
import { useQueueChange, type QueueChange } from "#app/_queries/queue";
import { ORDER_NAMES } from "./queue-filters";
import styles from "./queue-view.module.css";

interface QueueSetupProps {
  saeId: string;
  queue: Queue;
}

/** For maintainers: how the queue works, and whose features are whose. */
export function QueueSetup({ saeId, queue }: QueueSetupProps) {
  const { mutate, error } = useQueueChange(saeId);
  const change = (what: QueueChange) => {
    mutate({ change: what, key: changeKey() });
  };
  return (
    <details className={styles.setup}>
      <summary>Settings and assignments (maintainers)</summary>
      <SettingsForm
        key={JSON.stringify(queue.settings)}
        settings={queue.settings}
        onSave={(settings) => {
          change({ kind: "settings", settings });
        }}
      />
      <AssignForm
        queue={queue}
        onAssign={(assignment) => {
          change({ kind: "assign", assignment });
        }}
      />
      {queue.assignments.length === 0 ? null : (
        <ul className={styles.assignments}>
          {queue.assignments.map((assignment) => (
            <li key={assignment.id}>
              {assignment.person.name}: {inWords(assignment)}{" "}
              <button
                type="button"
                data-kind="quiet"
                onClick={() => {
                  change({ kind: "end", id: assignment.id });
                }}
              >
                End
              </button>
            </li>
          ))}
        </ul>
      )}
      {error ? (
        <p role="alert" className={styles.alert}>
          {error.message}
        </p>
      ) : null}
    </details>
  );
}

function SettingsForm(props: {
  settings: QueueSettings;
  onSave: (settings: QueueSettings) => void;
}) {
  const [settings, setSettings] = useState(props.settings);
  const set = (part: Partial<QueueSettings>) => {
    setSettings({ ...settings, ...part });
  };
  return (
    <form
      className={styles.filters}
      onSubmit={(event) => {
        event.preventDefault();
        props.onSave(settings);
      }}
    >
      <label>
        Order people start with{" "}
        <select
          value={settings.order}
          onChange={(event) => {
            const order = QUEUE_ORDERS.find((o) => o === event.target.value);
            if (order) set({ order });
          }}
        >
          {QUEUE_ORDERS.map((order) => (
            <option key={order} value={order}>
              {ORDER_NAMES[order]}
            </option>
          ))}
        </select>
      </label>
      <label>
        Labelled by several people{" "}
        <input
          type="number"
          min={0}
          max={100}
          step={1}
          value={Math.round(settings.share * 100)}
          onChange={(event) => {
            const percent = event.target.valueAsNumber;
            if (percent >= 0 && percent <= 100) set({ share: percent / 100 });
          }}
        />{" "}
        % of features
      </label>
      <label>
        by{" "}
        <input
          type="number"
          min={2}
          max={20}
          value={settings.target}
          onChange={(event) => {
            const target = event.target.valueAsNumber;
            if (target >= 2 && target <= 20) set({ target });
          }}
        />{" "}
        people
      </label>
      <label>
        <input
          type="checkbox"
          checked={settings.blind}
          onChange={(event) => {
            set({ blind: event.target.checked });
          }}
        />{" "}
        who do not see each other&rsquo;s answers before their own
      </label>
      <button type="submit">Save settings</button>
    </form>
  );
}

function AssignForm(props: {
  queue: Queue;
  onAssign: (assignment: object) => void;
}) {
  const { queue, onAssign } = props;
  const [kind, setKind] = useState<Assignment["kind"]>("range");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const number = (name: string) => Number(form.get(name));
    const person = String(form.get("person"));
    if (kind === "list") onAssign({ kind, person, list: number("list") });
    else if (kind === "part") {
      // People count parts from 1.
      onAssign({ kind, person, from: number("from") - 1, to: number("to") });
    } else onAssign({ kind, person, from: number("from"), to: number("to") });
  };
  const field = (name: string, words: string, least: number) => (
    <label>
      {words}{" "}
      <input type="number" name={name} min={least} required defaultValue="" />
    </label>
  );
  return (
    <form className={styles.filters} onSubmit={submit}>
      <label>
        Give{" "}
        <select name="person" required defaultValue="">
          <option value="" disabled>
            somebody
          </option>
          {queue.labellers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="visually-hidden">what</span>
        <select
          value={kind}
          onChange={(event) => {
            setKind(event.target.value as Assignment["kind"]);
          }}
        >
          <option value="range">features by number</option>
          <option value="part">a share of all features</option>
          <option value="list">a list</option>
        </select>
      </label>
      {kind === "range" ? (
        <>
          {field("from", "from", 0)}
          {field("to", "to", 0)}
        </>
      ) : null}
      {kind === "part" ? (
        <>
          {field("from", "part", 1)}
          {field("to", "of", 1)}
        </>
      ) : null}
      {kind === "list" ? field("list", "number", 1) : null}
      <button type="submit">Assign</button>
    </form>
  );
}

function inWords({ kind, from, to }: Assignment): string {
  switch (kind) {
    case "range":
      return `features ${from} to ${to}`;
    case "part":
      return `part ${from + 1} of ${to} of all features`;
    case "list":
      return `list ${from}`;
  }
}
