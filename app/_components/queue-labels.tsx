import type { Label } from "#lib/contract/index";
import styles from "./queue-answer.module.css";

interface QueueLabelsProps {
  labels: readonly Label[];
  /** The id of who looks. */
  viewer: string | undefined;
  mayAccept: boolean;
  onVote: (label: Label) => void;
  onAccept: (label: Label) => void;
}

/** What the feature is called already: to be voted for or decided on. */
export function QueueLabels(props: QueueLabelsProps) {
  const { labels, viewer, mayAccept, onVote, onAccept } = props;
  if (labels.length === 0) return null;
  return (
    <div>
      <p className="small muted">Already proposed</p>
      <ol className={styles.labels}>
        {labels.map((label, i) => (
          <li key={label.id}>
            <span>
              {label.accepted ? "✓ " : ""}“{label.text}”{" "}
              <span className="muted small">
                {label.author.name}, {label.up} for, {label.down} against
              </span>
            </span>
            <span className={styles.row}>
              {label.author.id === viewer ? null : (
                <button
                  type="button"
                  onClick={() => {
                    onVote(label);
                  }}
                >
                  Agree {i < 9 ? <kbd>{i + 1}</kbd> : null}
                </button>
              )}
              {mayAccept ? (
                <button
                  type="button"
                  onClick={() => {
                    onAccept(label);
                  }}
                >
                  Accept {i === 0 ? <kbd>A</kbd> : null}
                </button>
              ) : null}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
