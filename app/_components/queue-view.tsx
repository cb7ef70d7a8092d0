"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import type { Label } from "#lib/contract/index";
import { featureQuery } from "#app/_queries/features";
import { labellingQuery } from "#app/_queries/labels";
import {
  queueQuery,
  useQueueStep,
  type QueueAction,
  type QueueStep,
} from "#app/_queries/queue";
import { refusalOf, useViewer } from "#app/_queries/viewer";
import { draftFrom } from "./label-draft";
import { QueueAnswer } from "./queue-answer";
import { QueueFeature } from "./queue-feature";
import { QueueFilters } from "./queue-filters";
import { QueueKeys } from "./queue-keys";
import { QueueProgress } from "./queue-progress";
import { QueueSetup } from "./queue-setup";
import { saeLink } from "./sae-links";
import { useQueueHand } from "./use-queue-hand";
import { useQueueView } from "./use-queue-view";
import { writeDraft } from "./use-draft";
import styles from "./queue-view.module.css";

/** Actions that can be taken back, the newest last. */
const UNDO_MAX = 50;

interface Failure {
  step: QueueStep;
  message: string;
}

/** One feature after another to label, by keyboard. */
export function QueueView({ saeId }: { saeId: string }) {
  const client = useQueryClient();
  const viewer = useViewer();
  const refusal = refusalOf(viewer, "queue.work");
  const [view, changeView] = useQueueView();
  const [{ current, next, lost, problem }, hand] = useQueueHand(
    saeId,
    view,
    refusal === undefined,
  );
  const { data: queue } = useQuery(queueQuery(saeId));
  const [done, setDone] = useState<QueueStep[]>([]);
  const [failures, setFailures] = useState<Failure[]>([]);
  const [said, setSaid] = useState("");
  const { send, undo } = useQueueStep(saeId);
  const sent = useRef(new Map<QueueStep, Promise<Label | undefined>>());
  const busy = useRef(false);

  // The next feature is there before it is needed.
  const upcoming = next?.feature;
  useEffect(() => {
    if (upcoming === undefined) return;
    void client.prefetchQuery(featureQuery(saeId, upcoming));
    void client.prefetchQuery(labellingQuery(saeId, upcoming));
  }, [client, saeId, upcoming]);

  const draftKey = (feature: number) =>
    `${viewer?.id ?? ""}.${saeId}.${feature}.new`;
  const act = (action: QueueAction) => {
    if (!current) return;
    const step: QueueStep = { feature: current.feature, action };
    setDone((before) => [...before, step].slice(-UNDO_MAX));
    setFailures((all) => all.filter((f) => f.step.feature !== step.feature));
    setSaid(inWords(step));
    const draft = action.kind === "label" ? action.contents : null;
    const saved = hand.holdWhile(step.feature, send(step));
    sent.current.set(step, saved);
    saved.catch((error: unknown) => {
      // What was typed comes back with the feature.
      if (draft) writeDraft(draftKey(step.feature), draftFrom(draft));
      setDone((all) => all.filter((one) => one !== step));
      setFailures((all) => [...all, { step, message: wordsOf(error) }]);
    });
    writeDraft(draftKey(step.feature), null);
    hand.advance();
    window.scrollTo({ top: 0 });
  };
  const takeBack = async () => {
    const step = done.at(-1);
    if (!step || busy.current) return;
    busy.current = true;
    try {
      const label = await sent.current.get(step);
      await undo({ ...step, label });
      sent.current.delete(step);
      setDone((all) => all.filter((one) => one !== step));
      if (step.action.kind === "label") {
        writeDraft(draftKey(step.feature), draftFrom(step.action.contents));
      }
      setSaid(`Taken back: #${step.feature}.`);
      hand.back(step.feature);
    } catch (error) {
      setFailures((all) => [...all, { step, message: wordsOf(error) }]);
    } finally {
      busy.current = false;
    }
  };

  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <div>
          <p className="small">
            <Link href={saeLink(saeId)}>{saeId}</Link>
          </p>
          <h1>Labelling queue</h1>
        </div>
        <QueueKeys />
      </div>
      {queue ? <QueueProgress queue={queue} /> : null}
      <QueueFilters queue={queue} view={view} onChange={changeView} />
      {queue && refusalOf(viewer, "queue.assign") === undefined ? (
        <QueueSetup saeId={saeId} queue={queue} />
      ) : null}
      <p role="status" className="visually-hidden">
        {said}
      </p>
      {failures.map(({ step, message }) => (
        <p key={step.feature} role="alert" className={styles.alert}>
          #{step.feature} was not saved: {message}{" "}
          <button
            type="button"
            onClick={() => {
              setFailures((all) => all.filter((f) => f.step !== step));
              hand.back(step.feature);
            }}
          >
            Back to it
          </button>
        </p>
      ))}
      {problem === null ? null : (
        <p role="alert" className={styles.alert}>
          {problem}{" "}
          <button type="button" onClick={hand.retry}>
            Try again
          </button>
        </p>
      )}
      {lost ? (
        <p role="status" className={styles.alert}>
          This page was away for over a minute, and somebody else has this
          feature by now. You can still answer, or skip it.
        </p>
      ) : null}
      {refusal !== undefined ? (
        <p className="card">{refusal}</p>
      ) : current === null ? (
        <Drained onRetry={hand.retry} />
      ) : current === undefined ? (
        problem === null ? (
          <p className="muted">Looking for the next feature …</p>
        ) : null
      ) : (
        <QueueFeature
          key={current.feature}
          saeId={saeId}
          index={current.feature}
          assigned={current.assigned}
        >
          <QueueAnswer
            saeId={saeId}
            feature={current.feature}
            draftKey={draftKey(current.feature)}
            onAct={act}
            onUndo={done.length > 0 ? () => void takeBack() : undefined}
          />
        </QueueFeature>
      )}
    </div>
  );
}

function Drained({ onRetry }: { onRetry: () => void }) {
  return (
    <div className="card">
      <h2>Nothing is left here</h2>
      <p>
        Every feature of this filter has its answers, is in somebody
        else&rsquo;s hands, or was skipped by you.{" "}
        <button type="button" onClick={onRetry}>
          Look again
        </button>
      </p>
    </div>
  );
}

const wordsOf = (error: unknown) =>
  error instanceof Error ? error.message : String(error);

function inWords({ feature, action }: QueueStep): string {
  switch (action.kind) {
    case "label":
      return `#${feature} labelled “${action.contents.text}”.`;
    case "vote":
      return `Voted for “${action.label.text}” on #${feature}.`;
    case "accept":
      return `Accepted “${action.label.text}” on #${feature}.`;
    case "flag":
      return `#${feature} flagged ${action.flag}.`;
    case "skip":
      return `#${feature} skipped.`;
  }
}
