import { formatClause, withoutPart, type ParsedQuery } from "#lib/query/index";
import { visibleText } from "./visible-text";
import styles from "./query-box.module.css";

interface QueryChipsProps {
  text: string;
  parsed: ParsedQuery;
  onChange: (text: string) => void;
}

/** The filters of a search, each to be taken out with a click. */
export function QueryChips({ text, parsed, onChange }: QueryChipsProps) {
  const filters = parsed.placed.filter(
    ({ clause }) => clause.field !== "words",
  );
  if (filters.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label="Filters">
      {filters.map(({ clause, start }) => {
        const written = visibleText(formatClause(clause));
        return (
          <li key={start}>
            <code>{written}</code>
            <button
              type="button"
              data-kind="quiet"
              aria-label={`Remove ${written}`}
              onClick={() => {
                onChange(withoutPart(text, start));
              }}
            >
              ×
            </button>
          </li>
        );
      })}
    </ul>
  );
}
