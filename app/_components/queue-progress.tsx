import type { Queue } from "#lib/contract/index";
import { FEATURE_STATES } from "#lib/label-rules";
import { formatCount } from "./format";
import styles from "./queue-view.module.css";

/** How far the queue has come, how fast it goes, and who works on it. */
export function QueueProgress({ queue }: { queue: Queue }) {
  const { live, done, mine, team, missing, hoursLeft, working } = queue;
  const names = working.map(({ name }) => name);
  return (
    <section className={styles.progress} aria-label="Progress">
      <progress
        max={Math.max(1, live)}
        value={done}
        aria-label={`${formatCount(done)} of ${formatCount(live)} live features have the answers they need`}
      />
      <p className="small">
        <strong>{formatCount(done)}</strong> of {formatCount(live)} live
        features have the answers they need; {formatCount(missing)}{" "}
        {missing === 1 ? "answer is" : "answers are"} missing. You gave{" "}
        <strong>{formatCount(mine.answers)}</strong>. In the last hour: you{" "}
        {formatCount(mine.lastHour)}, everybody {formatCount(team.lastHour)}
        {hoursLeft === null
          ? "."
          : `; at this pace ${formatHours(hoursLeft)} are left.`}
      </p>
      <details className="small">
        <summary>
          {names.length === 0
            ? "Nobody has a feature in hand"
            : `${formatCount(names.length)} ${names.length === 1 ? "person has" : "people have"} a feature in hand`}
          ; states and people
        </summary>
        {names.length === 0 ? null : <p>Now at it: {names.join(", ")}.</p>}
        <ul className={styles.states}>
          {FEATURE_STATES.map((state) => (
            <li key={state}>
              {state}: {formatCount(queue.states[state])}
            </li>
          ))}
        </ul>
        {team.people.length === 0 ? null : (
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">who</th>
                <th scope="col">answers</th>
                <th scope="col">last hour</th>
              </tr>
            </thead>
            <tbody>
              {team.people.map(({ person, answers, lastHour }) => (
                <tr key={person.id}>
                  <td>{person.name}</td>
                  <td>{formatCount(answers)}</td>
                  <td>{formatCount(lastHour)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </details>
    </section>
  );
}

function formatHours(hours: number): string {
  if (hours < 1) return `about ${Math.max(1, Math.round(hours * 60))} minutes`;
  if (hours < 48) return `about ${Math.round(hours)} hours`;
  return `about ${Math.round(hours / 24)} days`;
}
