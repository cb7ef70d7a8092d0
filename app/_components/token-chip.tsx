import type { Token } from "#lib/contract/index";
import { chipText } from "./visible-text";
import styles from "./token-chip.module.css";

/** One token outside its context; spaces are drawn. */
export function TokenChip({ token }: { token: Token }) {
  return (
    <code className={styles.chip} title={`token ${token.id}`} dir="ltr">
      <bdi>{chipText(token)}</bdi>
    </code>
  );
}

export function TokenChips({ tokens }: { tokens: Token[] }) {
  return (
    <span className={styles.chips}>
      {tokens.map((token) => (
        <TokenChip key={token.id} token={token} />
      ))}
    </span>
  );
}
