import Link from "next/link";
import type { Move, MoveStateName } from "#lib/contract/index";
import { compareHref, featureHref } from "./feature-links";
import { TokenChips } from "./token-chip";
import styles from "./migrate.module.css";

interface MoveItemProps {
  saeId: string;
  from: string;
  move: Move;
  state: MoveStateName;
  /** The one that the keys are for. */
  chosen: boolean;
  refusal: string | undefined;
  onDecide: (decision: MoveStateName) => void;
}

/** One label, where it comes from and where it would go. */
export function MoveItem(props: MoveItemProps) {
  const { saeId, from, move, state, chosen, refusal, onDecide } = props;
  const { origin, target, cosine, mutual } = move;
  const button = (name: string, decision: MoveStateName) => (
    <button
      type="button"
      disabled={refusal !== undefined}
      title={refusal}
      onClick={() => {
        onDecide(decision);
      }}
    >
      {name}
      <span className="visually-hidden"> “{origin.text}”</span>
    </button>
  );
  return (
    <li
      id={`move-${origin.id}`}
      className={styles.move}
      aria-current={chosen || undefined}
    >
      <p className={styles.text}>
        <bdi>{origin.text}</bdi>
      </p>
      {origin.note === null ? null : (
        <p className="muted small">{origin.note}</p>
      )}
      <p className="small">
        <Link href={featureHref(from, origin.feature)} prefetch={false}>
          #{origin.feature}
        </Link>{" "}
        of {from}, by <bdi>{origin.author.name}</bdi>, {origin.up} for and{" "}
        {origin.down} against →{" "}
        <Link href={featureHref(saeId, target.index)} prefetch={false}>
          #{target.index}
        </Link>
        , cosine {cosine.toFixed(3)},{" "}
        {mutual ? "each the other’s nearest" : "not the other way round"} ·{" "}
        <Link
          prefetch={false}
          href={compareHref(
            { saeId: from, index: origin.feature },
            { saeId, index: target.index },
          )}
        >
          Compare
        </Link>
      </p>
      <div className="small">
        <TokenChips tokens={target.topTokens.slice(0, 6)} />
        {target.label == null || state === "accepted" ? null : (
          <p>
            Called <bdi>“{target.label}”</bdi> here.
          </p>
        )}
      </div>
      <div className={styles.actions}>
        {state === "open" ? (
          <>
            {button("Take over", "accepted")}
            {button("Reject", "rejected")}
          </>
        ) : state === "rejected" ? (
          <>
            <span>✕ Rejected</span>
            {button("Take back", "open")}
          </>
        ) : (
          <span>✓ Taken over</span>
        )}
      </div>
    </li>
  );
}
