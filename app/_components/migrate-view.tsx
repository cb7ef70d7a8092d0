"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { MOVE_STATES, SAME_FEATURE } from "#lib/contract/index";
import { comparisonQuery } from "#app/_queries/compare";
import type { MovesView } from "#app/_queries/moves";
import { saeListQuery } from "#app/_queries/saes";
import { MatchPanel } from "./match-panel";
import { MoveList } from "./move-list";
import { saeLink } from "./sae-links";
import { useUrlParams } from "./use-url-params";
import styles from "./migrate.module.css";

/** Labels of an earlier SAE, to be taken over where they are true here too. */
export function MigrateView({ saeId }: { saeId: string }) {
  const params = useSearchParams();
  const view = viewFrom(params);
  const { data: comparison, error } = useQuery({
    ...comparisonQuery({ a: view.from, b: saeId }),
    enabled: view.from !== "",
  });
  const ready = comparison?.match.state === "ready";
  return (
    <div className={styles.page}>
      <div>
        <p className="small">
          <Link href={saeLink(saeId)}>{saeId}</Link>
        </p>
        <h1>Take labels over</h1>
        <p className="muted">
          Of an SAE that was trained before: each of its labels is proposed for
          the feature here whose decoder direction is nearest. A proposal is no
          proof: look at what the feature fires on.
        </p>
      </div>
      <Choices saeId={saeId} view={view} />
      {error ? (
        <p role="alert" className="card">
          {error.message}
        </p>
      ) : null}
      {ready ? (
        <MoveList saeId={saeId} view={view} key={JSON.stringify(view)} />
      ) : comparison ? (
        <MatchPanel comparison={comparison}>{null}</MatchPanel>
      ) : null}
    </div>
  );
}

/** The view as the URL holds it; nonsense is dropped. */
function viewFrom(params: URLSearchParams): MovesView {
  const given = Number(params.get("t") ?? NaN);
  return {
    from: params.get("from") ?? "",
    threshold:
      given >= 0 && given <= 1 ? Math.round(100 * given) / 100 : SAME_FEATURE,
    mutual: params.get("mutual") !== "0",
    state: MOVE_STATES.find((name) => name === params.get("state")) ?? "open",
  };
}

const STATES = {
  open: "To be decided",
  accepted: "Taken over",
  rejected: "Rejected",
} as const;

function Choices({ saeId, view }: { saeId: string; view: MovesView }) {
  const [, change] = useUrlParams();
  const { data } = useSuspenseQuery(saeListQuery());
  const own = data.saes.find(({ id }) => id === saeId);
  const others = data.saes.filter(
    ({ hash, dIn }) => hash !== own?.hash && dIn === own?.dIn,
  );
  if (others.length === 0) {
    return (
      <p className="card" role="note">
        There is no other SAE here that reads as many numbers a token as this
        one.
      </p>
    );
  }
  return (
    <div className={`card ${styles.choices}`}>
      <label>
        <span>From</span>
        <select
          value={view.from}
          onChange={(event) => {
            change({ from: event.target.value || null });
          }}
        >
          <option value="">choose an SAE</option>
          {others.map(({ id, labelledFeatures }) => (
            <option key={id} value={id}>
              {id} ({labelledFeatures} labelled)
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Cosine at least</span>
        <input
          type="number"
          min={0}
          max={1}
          step={0.01}
          defaultValue={view.threshold}
          onChange={(event) => {
            const value = event.target.valueAsNumber;
            if (value >= 0 && value <= 1) change({ t: String(value) });
          }}
          onKeyDown={(event) => {
            // Done with it: the keys are the list's again.
            if (event.key === "Enter") event.currentTarget.blur();
          }}
        />
      </label>
      <label>
        <span>Show</span>
        <select
          value={view.state}
          onChange={(event) => {
            const state = event.target.value;
            change({ state: state === "open" ? null : state });
          }}
        >
          {MOVE_STATES.map((state) => (
            <option key={state} value={state}>
              {STATES[state]}
            </option>
          ))}
        </select>
      </label>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={view.mutual}
          onChange={(event) => {
            change({ mutual: event.target.checked ? null : "0" });
          }}
        />
        <span>Only where each is the other’s nearest</span>
      </label>
    </div>
  );
}
