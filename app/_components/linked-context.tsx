"use client";

import { useQuery } from "@tanstack/react-query";
import { contextQuery } from "#app/_queries/features";
import { ContextCard } from "./context-card";
import { ContextList, type CardFeature } from "./context-list";
import type { ContextTarget } from "./context-target";
import type { ContextLook } from "./context-view";
import { rangeFrom } from "./activation-range";
import { useUrlParams } from "./use-url-params";

interface LinkedContextProps {
  feature: CardFeature;
  look: ContextLook;
  target: ContextTarget;
}

/** The context that a link names where it is in none of the lists. */
export function LinkedContext({ feature, look, target }: LinkedContextProps) {
  const [params] = useUrlParams();
  // A chosen range brings its own list, which has the context.
  const listed = target.group === "found" && rangeFrom(params) !== null;
  const { saeId, index } = feature;
  const { data, error } = useQuery({
    ...contextQuery(saeId, index, target),
    enabled: !listed,
  });
  if (listed) return null;
  return (
    <ContextList
      title="Linked context"
      explained={
        <span role="status">
          {error
            ? error.message
            : data
              ? "that the address names"
              : "Looking …"}
        </span>
      }
    >
      {data ? (
        <ContextCard
          example={data}
          feature={feature}
          // The name of the address, so that it stays valid.
          group={target.group}
          look={look}
          target={target}
        />
      ) : null}
    </ContextList>
  );
}
