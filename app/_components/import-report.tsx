import type { ImportReport as Report } from "#lib/contract/index";
import { formatCount } from "./format";
import table from "./feature-table.module.css";
import styles from "./form.module.css";

const KINDS: Record<string, [one: string, many: string]> = {
  label: ["label", "labels"],
  vote: ["vote", "votes"],
  comment: ["comment", "comments"],
  rubric: ["rubric", "rubrics"],
  flag: ["flag", "flags"],
  list: ["list", "lists"],
  listItem: ["entry of a list", "entries of lists"],
};

/** Rows that are, or would be, written. */
export const rowsAdded = ({ added }: Pick<Report, "added">): number =>
  Object.values(added).reduce((sum, count) => sum + count, 0);

/** What became of a file, or would. */
export function ImportReport({ report }: { report: Report }) {
  const { checked, rows, already, rejected, rejections, people } = report;
  const kinds = Object.entries(report.added).map(([type, count]) => {
    const [one, many] = KINDS[type] ?? [type, type];
    return `${formatCount(count)} ${count === 1 ? one : many}`;
  });
  return (
    <div className={styles.section}>
      <p>
        {checked ? "Of " : "Done: of "}
        {formatCount(rows)} {rows === 1 ? "row" : "rows"},{" "}
        {kinds.length === 0 ? "nothing" : kinds.join(", ")}{" "}
        {checked ? "would be" : "was"} added; {formatCount(already)} here
        already; {formatCount(rejected)} rejected.
      </p>
      {people.fresh.length > 0 ? (
        <p>
          Not known here, {checked ? "to be" : "and"} kept as names that an
          invitation can hand over: <bdi>{people.fresh.join(", ")}</bdi>.
        </p>
      ) : null}
      {rejected > 0 ? (
        <>
          <div
            className={table.scroll}
            role="group"
            tabIndex={0}
            aria-label="Rejected rows"
          >
            <table className={styles.rejections}>
              <caption className="visually-hidden">Rejected rows</caption>
              <thead>
                <tr>
                  <th scope="col">Line</th>
                  <th scope="col">Why not</th>
                </tr>
              </thead>
              <tbody>
                {rejections.map(({ line, reason }, i) => (
                  <tr key={i}>
                    <td>{formatCount(line)}</td>
                    <td>{reason}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {rejected > rejections.length ? (
            <p className="muted small">
              The first {formatCount(rejections.length)} of them.
            </p>
          ) : null}
        </>
      ) : null}
    </div>
  );
}
