"use client";

import Link from "next/link";
import { ExportForm } from "./export-form";
import { ImportForm } from "./import-form";
import { saeLink } from "./sae-links";
import styles from "./form.module.css";

/** What people said of an SAE's features, out and in. */
export function ExchangeView({
  saeId,
  modelName,
}: {
  saeId: string;
  modelName: string;
}) {
  return (
    <div className={styles.page}>
      <div>
        <p className="small">
          <Link href={saeLink(saeId)}>{saeId}</Link>
        </p>
        <h1>Labels in and out</h1>
      </div>
      <ExportForm saeId={saeId} modelName={modelName} />
      <ImportForm saeId={saeId} />
      <p>
        An SAE that was trained anew has none of the old one’s labels:{" "}
        <Link href={saeLink(saeId, "migrate")}>take them over</Link> where they
        are still true.
      </p>
    </div>
  );
}
