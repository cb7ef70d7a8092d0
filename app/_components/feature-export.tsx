"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { FeatureDetail } from "#lib/contract/index";
import { featureQuery } from "#app/_queries/features";
import { copyText } from "./clipboard";
import { embedHref } from "./feature-links";
import { Menu, type MenuItem } from "./menu";

interface FeatureExportProps {
  saeId: string;
  index: number;
}

/** One menu for all that can be taken away of a feature; made in the browser. */
export function FeatureExport({ saeId, index }: FeatureExportProps) {
  const client = useQueryClient();
  // A page begins with a part of it.
  const whole = () => client.fetchQuery(featureQuery(saeId, index));
  return (
    <Menu
      label="Copy or export this feature"
      title="Copy or export (e)"
      hotkey="e"
      items={() => exportItems(saeId, index, whole)}
    >
      Copy / Export
    </Menu>
  );
}

/** What a frame shows unless its address is changed. */
const EMBEDDED = ["label", "histogram", "logits", "contexts"] as const;

function exportItems(
  saeId: string,
  index: number,
  whole: () => Promise<FeatureDetail>,
): MenuItem[] {
  // What makes the files comes when it is asked for.
  const files = () => import("./feature-files");
  const save = (what: "json" | "contexts" | "histogram" | "tokens") => ({
    onSelect: async () => (await files()).saveFeature(await whole(), what),
  });
  return [
    {
      name: "Copy link",
      onSelect: () => copyText(window.location.href, "Link copied"),
    },
    {
      name: "Copy feature",
      hint: "JSON",
      onSelect: async () =>
        copyText((await files()).featureJson(await whole()), "Feature copied"),
    },
    { name: "Feature", hint: "JSON file", ...save("json") },
    { name: "Contexts", hint: "CSV file", ...save("contexts") },
    { name: "Histograms", hint: "CSV file", ...save("histogram") },
    { name: "Tokens and logits", hint: "CSV file", ...save("tokens") },
    {
      name: "Copy embed code",
      hint: "HTML",
      onSelect: () => {
        const { origin } = window.location;
        const source = `${origin}${embedHref({ saeId, index }, EMBEDDED)}`;
        return copyText(
          `<iframe src="${source}" title="Feature ${index} of ${saeId}" width="100%" height="520" style="border:0"></iframe>`,
          "Embed code copied",
        );
      },
    },
  ];
}
