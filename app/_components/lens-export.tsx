"use client";

import { useState } from "react";
import type { LensPredictions, LensText } from "#app/_queries/lens";
import { lensCsv, lensJson } from "./lens-files";
import styles from "./lens-view.module.css";

interface LensExportProps {
  lens: LensText;
  losses: LensPredictions | undefined;
}

/** The reading as JSON to the clipboard or as CSV to a file. */
export function LensExport({ lens, losses }: LensExportProps) {
  const [said, setSaid] = useState("");
  const copy = () => {
    navigator.clipboard.writeText(lensJson(lens, losses)).then(
      () => {
        setSaid("Copied.");
      },
      () => {
        setSaid("The browser does not allow copying; use the CSV.");
      },
    );
  };
  const download = () => {
    const blob = new Blob([lensCsv(lens, losses)], { type: "text/csv" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = "text-lens.csv";
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <p className={styles.export}>
      <button type="button" onClick={copy}>
        Copy JSON
      </button>
      <button type="button" onClick={download}>
        Download CSV
      </button>
      <span className="muted small" role="status">
        {said}
      </span>
    </p>
  );
}
