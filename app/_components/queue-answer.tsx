"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { LABEL_MAX, type Label } from "#lib/contract/index";
import { labellingQuery } from "#app/_queries/labels";
import type { QueueAction } from "#app/_queries/queue";
import { refusalOf, useViewer } from "#app/_queries/viewer";
import {
  contentsOf,
  EMPTY_DRAFT,
  labelDraftSchema,
  type LabelDraft,
} from "./label-draft";
import { FLAG_CHOICES, QueueChoice, SKIP_CHOICES } from "./queue-choice";
import { QueueLabels } from "./queue-labels";
import { useDraft } from "./use-draft";
import { useQueueKeys } from "./use-queue-keys";
import styles from "./queue-answer.module.css";

interface QueueAnswerProps {
  saeId: string;
  feature: number;
  draftKey: string;
  onAct: (action: QueueAction) => void;
  /** Undefined: there is nothing to take back. */
  onUndo: (() => void) | undefined;
}

/** What the feature in hand is, said without taking the hands off the keys. */
export function QueueAnswer(props: QueueAnswerProps) {
  const { saeId, feature, draftKey, onAct, onUndo } = props;
  const viewer = useViewer();
  const { data } = useQuery(labellingQuery(saeId, feature));
  const [kept, setDraft] = useDraft(draftKey, labelDraftSchema);
  const [asking, setAsking] = useState<"skip" | "flag" | null>(null);
  const [noting, setNoting] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const draft = kept ?? EMPTY_DRAFT;
  const labels = (data?.labels ?? []).filter((label) => label.id > 0);
  const mayAccept = refusalOf(viewer, "label.accept") === undefined;

  useEffect(() => {
    box.current?.focus({ preventScroll: true });
  }, []);
  const change = (part: Partial<LabelDraft>) => {
    setDraft({ ...draft, ...part });
  };
  const save = () => {
    const contents = contentsOf(draft);
    if (contents.text !== "") onAct({ kind: "label", contents });
  };
  const vote = (label: Label | undefined) => {
    if (label && label.author.id !== viewer?.id) onAct({ kind: "vote", label });
  };
  const accept = (label: Label | undefined) => {
    if (label && mayAccept) onAct({ kind: "accept", label });
  };
  const sure = (confidence: LabelDraft["confidence"]) => {
    change({ confidence: draft.confidence === confidence ? null : confidence });
  };
  const focusBox = () => {
    setAsking(null);
    box.current?.focus();
  };
  useQueueKeys({
    digit: (n) => {
      if (asking === null) vote(labels[n - 1]);
    },
    level: (n) => {
      sure(LEVELS[n - 1] ?? null);
    },
    keys: {
      s: () => {
        setAsking("skip");
      },
      f: () => {
        setAsking("flag");
      },
      u: () => {
        onAct({ kind: "flag", flag: "uninterpretable" });
      },
      a: () => {
        accept(labels[0]);
      },
      z: () => {
        onUndo?.();
      },
      l: focusBox,
      m: () => {
        setNoting(!noting);
      },
    },
  });

  return (
    <section className={`card ${styles.answer}`} aria-label="Your answer">
      {data?.blind ? (
        <p className={styles.blind}>
          <span aria-hidden="true">◐</span> Several people label this one, each
          alone: what others said shows once you have answered.
        </p>
      ) : null}
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <input
          ref={box}
          aria-label="Label"
          placeholder="What does it fire on? Enter saves and goes on"
          value={draft.text}
          maxLength={LABEL_MAX}
          autoComplete="off"
          onChange={(event) => {
            change({ text: event.target.value });
          }}
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
          }}
        />
        <button
          type="submit"
          data-kind="primary"
          disabled={contentsOf(draft).text === ""}
        >
          Save <kbd>Enter</kbd>
        </button>
      </form>
      {noting || draft.note !== "" ? (
        <textarea
          aria-label="Note"
          placeholder="Why? Exceptions?"
          rows={2}
          maxLength={2000}
          autoFocus={noting}
          value={draft.note}
          onChange={(event) => {
            change({ note: event.target.value });
          }}
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
          }}
        />
      ) : null}
      <div className={styles.levels} role="group" aria-label="Confidence">
        {LEVELS.map((level, i) => (
          <button
            key={level}
            type="button"
            aria-pressed={draft.confidence === level}
            onClick={() => {
              sure(level);
            }}
          >
            {draft.confidence === level ? "✓ " : ""}
            {level} <kbd>Alt {i + 1}</kbd>
          </button>
        ))}
      </div>
      <QueueLabels
        labels={labels}
        viewer={viewer?.id}
        mayAccept={mayAccept}
        onVote={vote}
        onAccept={accept}
      />
      <div className={styles.actions}>
        <button
          type="button"
          aria-expanded={asking === "skip"}
          onClick={() => {
            setAsking("skip");
          }}
        >
          Skip <kbd>Alt S</kbd>
        </button>
        <button
          type="button"
          onClick={() => {
            onAct({ kind: "flag", flag: "uninterpretable" });
          }}
        >
          Uninterpretable <kbd>Alt U</kbd>
        </button>
        <button
          type="button"
          aria-expanded={asking === "flag"}
          onClick={() => {
            setAsking("flag");
          }}
        >
          Flag <kbd>Alt F</kbd>
        </button>
        <button type="button" disabled={!onUndo} onClick={onUndo}>
          Undo last <kbd>Alt Z</kbd>
        </button>
      </div>
      {asking === "skip" ? (
        <QueueChoice
          name="Skip because"
          choices={SKIP_CHOICES}
          onCancel={focusBox}
          onChoose={(reason) => {
            onAct({ kind: "skip", reason });
          }}
        />
      ) : null}
      {asking === "flag" ? (
        <QueueChoice
          name="Flag as"
          choices={FLAG_CHOICES}
          onCancel={focusBox}
          onChoose={(flag) => {
            onAct({ kind: "flag", flag });
          }}
        />
      ) : null}
    </section>
  );
}

const LEVELS = ["low", "medium", "high"] as const;
