import {
  clauseOf,
  naturalOrder,
  parseQuery,
  withParts,
  type Clause,
  type SortKey,
} from "#lib/query/index";
import styles from "./search-view.module.css";

const SORTS: Record<SortKey, string> = {
  relevance: "best match",
  rarity: "rarity × match",
  density: "frequency",
  max: "largest activation",
  mean: "mean activation",
  skew: "skewness",
  index: "number",
};

interface SearchToolsProps {
  text: string;
  onChange: (text: string) => void;
}

const isDense = (clause: Clause) =>
  clause.field === "is" && clause.value === "dense";

/** The order, and whether dense features are left out; both are in the text. */
export function SearchTools({ text, onChange }: SearchToolsProps) {
  const query = parseQuery(text);
  const sort = clauseOf(query, "sort")?.key ?? "relevance";
  const hidden = query.clauses.some((c) => isDense(c) && c.negated);
  return (
    <div className={styles.tools}>
      <label>
        Order{" "}
        <select
          value={sort}
          onChange={(event) => {
            const key = event.target.value as SortKey;
            const clause: Clause = {
              field: "sort",
              key,
              order: naturalOrder(key),
              negated: false,
            };
            onChange(
              withParts(
                text,
                (c) => c.field === "sort",
                key === "relevance" ? [] : [clause],
              ),
            );
          }}
        >
          {Object.entries(SORTS).map(([key, name]) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <input
          type="checkbox"
          checked={hidden}
          onChange={(event) => {
            const clause: Clause = {
              field: "is",
              value: "dense",
              negated: true,
            };
            onChange(
              withParts(text, isDense, event.target.checked ? [clause] : []),
            );
          }}
        />{" "}
        Hide dense
      </label>
    </div>
  );
}
