import { diffWordsWithSpace } from "diff";
import styles from "./label-panel.module.css";

/** What became of a text: removed words struck out, added ones underlined. */
export function WordDiff({ from, to }: { from: string; to: string }) {
  return (
    <span className={styles.diff}>
      {diffWordsWithSpace(from, to).map((part, i) =>
        part.added ? (
          <ins key={i}>{part.value}</ins>
        ) : part.removed ? (
          <del key={i}>{part.value}</del>
        ) : (
          <span key={i}>{part.value}</span>
        ),
      )}
    </span>
  );
}
