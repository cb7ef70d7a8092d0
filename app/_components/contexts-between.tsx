"use client";

import { useQuery } from "@tanstack/react-query";
import { examplesQuery } from "#app/_queries/features";
import {
  rangeChange,
  rangeFrom,
  type ActivationRange,
} from "./activation-range";
import { ContextCard } from "./context-card";
import { ContextList, type CardFeature } from "./context-list";
import type { ContextTarget } from "./context-target";
import type { ContextLook } from "./context-view";
import { formatActivation } from "./format";
import { useUrlParams } from "./use-url-params";

interface ContextsBetweenProps {
  feature: CardFeature;
  look: ContextLook;
  target: ContextTarget | null;
}

/** Contexts in the range of activations that the histogram's bin, or a link, chose. */
export function ContextsBetween(props: ContextsBetweenProps) {
  const [params, change] = useUrlParams();
  const range = rangeFrom(params);
  if (range === null) return null;
  return (
    <Found
      {...props}
      range={range}
      onClose={() => {
        change(rangeChange(null));
      }}
    />
  );
}

function Found({
  feature,
  look,
  target,
  range,
  onClose,
}: ContextsBetweenProps & { range: ActivationRange; onClose: () => void }) {
  const { saeId, index } = feature;
  const { data, error } = useQuery(examplesQuery(saeId, index, range));
  const title = `Activation ${formatActivation(range.above)} – ${formatActivation(range.upTo)}`;
  const explained = error
    ? error.message
    : data === undefined
      ? "Looking …"
      : data.examples.length === 0
        ? "the index holds no context of such an activation"
        : `${data.examples.length} of the contexts that the index holds, strongest first`;
  return (
    <ContextList
      title={title}
      explained={
        <>
          <span role="status">{explained}</span>{" "}
          <button type="button" onClick={onClose}>
            All activations
          </button>
        </>
      }
    >
      {data?.examples.map((example) => (
        <ContextCard
          key={`${example.sequence}:${example.peakPosition}`}
          example={example}
          feature={feature}
          group="found"
          look={look}
          target={
            target?.group === "found" && target.sequence === example.sequence
              ? target
              : null
          }
        />
      ))}
    </ContextList>
  );
}
