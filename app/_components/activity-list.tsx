import Link from "next/link";
import type { Activity } from "#lib/contract/index";
import { activityHref, commentAnchor } from "./activity-links";
import { deedOf } from "./activity-words";
import { featureHref } from "./feature-links";
import { formatTime } from "./format";
import { listHref } from "./list-links";
import styles from "./activity.module.css";

interface ActivityListProps {
  events: readonly Activity[];
  /** The page is about one feature: it need not be named. */
  ofFeature?: boolean | undefined;
}

/** What people did, newest first, a line each. */
export function ActivityList({ events, ofFeature }: ActivityListProps) {
  return (
    <ol className={styles.events} aria-label="Activity">
      {events.map((event) => (
        <li key={event.seq}>
          <p>
            <Link
              href={activityHref({ person: event.actor.id })}
              className={styles.actor}
              prefetch={false}
            >
              <bdi>{event.actor.name}</bdi>
            </Link>{" "}
            <DeedLine event={event} />
            {ofFeature ? null : <Where event={event} />}
          </p>
          <time dateTime={event.at} className="muted small">
            {formatTime(event.at)}
          </time>
        </li>
      ))}
    </ol>
  );
}

function DeedLine({ event }: { event: Activity }) {
  const { words, quoted, list } = deedOf(event);
  const quote = quoted === null ? null : <bdi>“{shortened(quoted)}”</bdi>;
  return (
    <>
      {words}{" "}
      {list === null || quote === null ? (
        quote
      ) : (
        <Link href={listHref(list)} prefetch={false}>
          {quote}
        </Link>
      )}
    </>
  );
}

/** The feature it happened to. */
function Where({ event }: { event: Activity }) {
  const { sae, feature, payload } = event;
  if (feature === null) return null;
  if (sae === null) return <span className="muted"> #{feature}</span>;
  const anchor =
    typeof payload.comment === "number"
      ? `#${commentAnchor(payload.comment)}`
      : "";
  return (
    <>
      {" · "}
      <Link href={featureHref(sae, feature) + anchor} prefetch={false}>
        #{feature}
      </Link>{" "}
      <Link
        href={activityHref({ sae })}
        className="muted small"
        prefetch={false}
      >
        {sae}
      </Link>
    </>
  );
}

const SHOWN = 200;

function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= SHOWN
    ? text
    : `${characters.slice(0, SHOWN).join("")} …`;
}
