import type { ReactNode } from "react";
import styles from "./undo-note.module.css";

interface UndoNoteProps {
  /** What was done. */
  children: ReactNode;
  /** Left out where one may not. */
  onUndo?: (() => void) | undefined;
  /** What the button says. */
  name?: string;
}

/** Says what was just taken away, and brings it back. */
export function UndoNote({ children, onUndo, name = "Undo" }: UndoNoteProps) {
  return (
    <p className={styles.undo} role="status">
      {children}
      {onUndo ? (
        <button type="button" onClick={onUndo}>
          {name}
        </button>
      ) : null}
    </p>
  );
}
