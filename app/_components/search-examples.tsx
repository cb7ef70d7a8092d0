import styles from "./search-view.module.css";

const EXAMPLES: [search: string, finds: string][] = [
  ["whale", "this word, wherever it stands"],
  ['"united states"', "these words, one after the other"],
  ['fires:" king"', "what fires on exactly this token"],
  ["promotes:she", "what makes this token likelier"],
  ['text:"Call me Ishmael."', "what fires on a text of your own"],
  ["about:ocean", "labels that mean something near: sea, bay, the Pacific"],
  ["like:123", "what points where feature 123 points"],
  ['density:<1e-3 fires:" king" -label', "seldom, on this token, unlabelled"],
  ["is:dense sort:max", "what fires on more than 10 % of tokens"],
];

/** What one may search for, to begin with. */
export function SearchExamples({ onTry }: { onTry: (q: string) => void }) {
  return (
    <ul className={styles.tries} aria-label="Examples">
      {EXAMPLES.map(([search, finds]) => (
        <li key={search}>
          <button
            type="button"
            onClick={() => {
              onTry(search);
            }}
          >
            <code>{search}</code>
          </button>
          <span className="muted small">{finds}</span>
        </li>
      ))}
    </ul>
  );
}
