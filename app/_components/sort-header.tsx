import styles from "./feature-table.module.css";

export type SortOrder = "asc" | "desc";

interface SortHeaderProps {
  name: string;
  /** What the column holds, on hover. */
  meaning?: string;
  /** How the table is sorted by this column; null when by another. */
  order: SortOrder | null;
  onSort: () => void;
}

/** A column's head: choosing it sorts by it, choosing it again turns the order. */
export function SortHeader({ name, meaning, order, onSort }: SortHeaderProps) {
  return (
    <th
      scope="col"
      title={meaning}
      aria-sort={
        order === null
          ? undefined
          : order === "desc"
            ? "descending"
            : "ascending"
      }
    >
      <button
        type="button"
        data-kind="quiet"
        className={styles.sort}
        onClick={onSort}
      >
        {name}
        <span aria-hidden="true">
          {order === null ? "" : order === "desc" ? " ↓" : " ↑"}
        </span>
      </button>
    </th>
  );
}
