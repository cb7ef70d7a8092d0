"use client";

import type { Example } from "#lib/contract/index";
import { copyText } from "./clipboard";
import type { CardFeature } from "./context-list";
import { documentHref, featureHref } from "./feature-links";
import { Menu, type MenuItem } from "./menu";
import styles from "./context-card.module.css";

/** Stands between documents. */
const BOS = 50_256;

interface ContextActionsProps {
  example: Example;
  feature: CardFeature;
  /** Of the token that a link should name. */
  anchor: string;
  /** The tokens that are drawn. */
  from: number;
  to: number;
  /** Shows what the feature does to the predictions here. */
  onEffect: () => void;
}

/** What can be done with one context. */
export function ContextActions(props: ContextActionsProps) {
  const { example, feature } = props;
  const { document, peakPosition } = example;
  const items = (): MenuItem[] => [
    {
      name: "Copy link",
      hint: "to this token",
      onSelect: () => {
        const url = new URL(
          feature.linkPage
            ? featureHref(feature.saeId, feature.index)
            : window.location.href,
          window.location.origin,
        );
        url.hash = props.anchor.replace(/^topb-/, "top-");
        return copyText(url.href, "Link copied");
      },
    },
    {
      name: "Copy text",
      onSelect: () => copyText(windowText(props), "Text copied"),
    },
    ...(feature.onTry
      ? [
          {
            name: "Try in the test box",
            onSelect: () => feature.onTry?.(windowText(props)),
          },
        ]
      : []),
    { name: "Effect on the next tokens", onSelect: props.onEffect },
    {
      name: "Show in its document",
      href: documentHref(feature.saeId, document.id, {
        feature: feature.index,
        at: document.tokenOffset,
      }),
    },
    {
      name: "Copy as image",
      hint: "PNG",
      onSelect: async () => {
        const { copyImage } = await import("./context-image");
        return copyImage(imageOf(props));
      },
    },
    {
      name: "Download image",
      hint: "PNG",
      onSelect: async () => {
        const { downloadImage } = await import("./context-image");
        return downloadImage(imageOf(props));
      },
    },
  ];
  return (
    <div className={styles.actions}>
      <Menu
        quiet
        label={`More about this context of ${document.title}, token ${peakPosition}`}
        title="Link, test box, effect, document, image"
        items={items}
      >
        <span aria-hidden="true">⋯</span>
      </Menu>
    </div>
  );
}

/** The drawn tokens of the peak's own document. */
function windowText({ example, from, to }: ContextActionsProps): string {
  const { tokens, tokenIds, peakPosition } = example;
  let first = peakPosition;
  while (first > from && tokenIds[first - 1] !== BOS) first--;
  let last = peakPosition + 1;
  while (last < to && tokenIds[last] !== BOS) last++;
  return tokens.slice(first, last).join("");
}

function imageOf({ example, feature, from, to }: ContextActionsProps) {
  return { example, feature, from, to };
}
