import type { Problem } from "#lib/query/index";
import { ApiError } from "#app/_queries/api";
import { queryProblemsSchema } from "#lib/contract/index";
import styles from "./query-box.module.css";

interface QueryProblemsProps {
  id: string;
  text: string;
  problems: readonly Problem[];
  onChange: (text: string) => void;
}

/** What of a search is not understood, in words, and what may be meant. */
export function QueryProblems(props: QueryProblemsProps) {
  const { id, text, problems, onChange } = props;
  if (problems.length === 0) return null;
  return (
    <ul id={id} className={styles.problems}>
      {problems.map(({ start, end, message, suggestion }) => (
        <li key={`${start} ${message}`}>
          <code className={styles.wrong}>{text.slice(start, end)}</code>
          <span>{message}</span>
          {suggestion === undefined ? null : (
            <button
              type="button"
              onClick={() => {
                onChange(text.slice(0, start) + suggestion + text.slice(end));
              }}
            >
              Use <code>{suggestion}</code>
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The problems a refusal names; none if it is about something else. */
export function problemsOf(error: unknown): Problem[] {
  if (!(error instanceof ApiError)) return [];
  const parsed = queryProblemsSchema.safeParse(error.details);
  if (!parsed.success) return [];
  return parsed.data.problems.map(({ suggestion, ...place }) =>
    suggestion === undefined ? place : { ...place, suggestion },
  );
}
