import type { SaeDetail } from "#lib/contract/index";
import { formatCount } from "./format";
import styles from "./atlas-view.module.css";

/** What the map says, and what it does not. */
export function AtlasHelp({ sae }: { sae: SaeDetail }) {
  return (
    <details className={`small ${styles.help}`}>
      <summary>What nearness means here, and what it does not</summary>
      <ul>
        <li>
          <strong>Near:</strong> the decoder directions of two features have a
          large cosine. {sae.rules["atlas"]}
        </li>
        <li>
          <strong>Only nearest neighbours count.</strong> Hundreds of dimensions
          do not fit into two: the map keeps who is next to whom, as well as it
          can. How far apart two groups lie, how large or dense a group looks,
          and which way is up say nothing.
        </li>
        <li>
          <strong>Alike in what they write, not in when they fire.</strong> Two
          neighbours may fire on different text; features that fire together may
          lie apart. A feature&rsquo;s own page has both: its nearest directions
          with the exact cosine, and the features it fires together with.
        </li>
        <li>
          {formatCount(sae.deadFeatures)}{" "}
          {sae.deadFeatures === 1 ? "feature" : "features"} that never fired{" "}
          {sae.deadFeatures === 1 ? "is" : "are"} not on the map.
        </li>
      </ul>
    </details>
  );
}
