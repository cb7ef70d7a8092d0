"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Move, MoveStateName } from "#lib/contract/index";
import {
  keyedDecision,
  movesQuery,
  useAcceptMoves,
  useDecideMove,
  type MovesView,
} from "#app/_queries/moves";
import { refusalOf, useViewer } from "#app/_queries/viewer";
import { formatCount } from "./format";
import { MoveItem } from "./move-item";
import { ShowMore } from "./show-more";
import { useHotkey } from "./use-hotkey";
import styles from "./migrate.module.css";

/** What was decided since the list was loaded, by label. */
type Decided = ReadonlyMap<number, MoveStateName>;

/** Proposals to go through with a, x and u; j and k go from one to the next. */
export function MoveList({ saeId, view }: { saeId: string; view: MovesView }) {
  const query = useInfiniteQuery(movesQuery(saeId, view));
  const { data, error, isFetching, hasNextPage, fetchNextPage } = query;
  const moves = data?.pages.flatMap((page) => page.moves) ?? [];
  const [at, setAt] = useState(0);
  const [decided, setDecided] = useState<Decided>(new Map());
  const decide = useDecideMove(saeId);
  const refusal = refusalOf(useViewer(), "label.create");
  const stateOf = (move: Move) => decided.get(move.origin.id) ?? move.state;

  const go = (by: number) => {
    const next = Math.min(moves.length - 1, Math.max(0, at + by));
    setAt(next);
    document
      .getElementById(`move-${moves[next]?.origin.id}`)
      ?.scrollIntoView({ block: "nearest" });
    if (next >= moves.length - 5 && hasNextPage && !isFetching) {
      void fetchNextPage();
    }
  };
  const settle = (move: Move | undefined, decision: MoveStateName) => {
    if (!move || refusal !== undefined || decide.isPending) return;
    const state = stateOf(move);
    const possible =
      state === "open" ? decision !== "open" : decision === "open";
    if (!possible || (state === "accepted" && decision === "open")) return;
    decide.mutate(keyedDecision({ origin: move.origin.id, decision }), {
      onSuccess: ({ state: now }) => {
        setDecided(new Map([...decided, [move.origin.id, now]]));
        if (now !== "open" && move === moves[at]) go(1);
      },
    });
  };
  useHotkey("j", () => {
    go(1);
  });
  useHotkey("k", () => {
    go(-1);
  });
  useHotkey("a", () => {
    settle(moves[at], "accepted");
  });
  useHotkey("x", () => {
    settle(moves[at], "rejected");
  });
  useHotkey("u", () => {
    settle(moves[at], "open");
  });
  return (
    <section className={styles.section} aria-labelledby="proposals">
      <h2 id="proposals">Proposals</h2>
      {view.state === "open" ? (
        <TakeAll saeId={saeId} view={view} refusal={refusal} />
      ) : null}
      {refusal === undefined ? (
        <p className="muted small">
          <kbd>j</kbd> <kbd>k</kbd> next and previous, <kbd>a</kbd> take over,{" "}
          <kbd>x</kbd> reject, <kbd>u</kbd> take a rejection back
        </p>
      ) : (
        <p role="note">{refusal}</p>
      )}
      {decide.error ? <p role="alert">{decide.error.message}</p> : null}
      {error ? <p role="alert">{error.message}</p> : null}
      {data && moves.length === 0 && !hasNextPage ? (
        <p className="muted">There is nothing like that.</p>
      ) : null}
      <ol className={styles.list} aria-busy={isFetching}>
        {moves.map((move, i) => (
          <MoveItem
            key={move.origin.id}
            saeId={saeId}
            from={view.from}
            move={move}
            state={stateOf(move)}
            chosen={i === at}
            refusal={refusal}
            onDecide={(decision) => {
              setAt(i);
              settle(move, decision);
            }}
          />
        ))}
      </ol>
      <ShowMore query={query}>Show more</ShowMore>
    </section>
  );
}

interface TakeAllProps {
  saeId: string;
  view: MovesView;
  refusal: string | undefined;
}

/** All that are near enough, in one go, after asking once more. */
function TakeAll({ saeId, view, refusal }: TakeAllProps) {
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState(0);
  const take = useAcceptMoves(saeId, setDone);
  const { from, threshold } = view;
  return (
    <div className={styles.all}>
      {asking ? (
        <>
          <span>
            Take over everything of {from} with a cosine of at least {threshold}
            , each the other’s nearest, where the feature has no label yet?
          </span>
          <button
            type="button"
            data-kind="primary"
            onClick={() => {
              setAsking(false);
              setDone(0);
              take.mutate({ from, threshold });
            }}
          >
            Yes, all
          </button>
          <button
            type="button"
            onClick={() => {
              setAsking(false);
            }}
          >
            No
          </button>
        </>
      ) : (
        <button
          type="button"
          disabled={refusal !== undefined || take.isPending}
          onClick={() => {
            setAsking(true);
          }}
        >
          Take over all from {threshold} up
        </button>
      )}
      <span role="status">
        {take.isPending ? `${formatCount(done)} taken over …` : null}
        {take.data
          ? `${formatCount(take.data.accepted)} taken over; ${formatCount(take.data.left)} left, as their features have labels.`
          : null}
      </span>
      {take.error ? <span role="alert">{take.error.message}</span> : null}
    </div>
  );
}
