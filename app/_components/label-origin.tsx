import Link from "next/link";
import type { Label } from "#lib/contract/index";
import { featureHref } from "./feature-links";

/** Where a label was taken over from, if it was. */
export function LabelOrigin({ label: { origin } }: { label: Label }) {
  if (origin === undefined) return null;
  const { sae, feature, cosine } = origin;
  return (
    <p className="muted small">
      Taken over from{" "}
      {sae === null ? (
        `#${feature} of an SAE that is not here any more`
      ) : (
        <>
          <Link href={featureHref(sae, feature)}>#{feature}</Link> of {sae}
        </>
      )}
      , cosine {cosine.toFixed(3)}
    </p>
  );
}
