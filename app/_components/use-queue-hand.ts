"use client";

import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { QueueView } from "#lib/contract/index";
import { changeKey } from "#app/_queries/change";
import { keepInHand, leaveQueue, takeNext } from "#app/_queries/queue";
import { QueueHand, type InHand, type QueueDoor } from "./queue-hand";

const EMPTY: InHand = {
  current: undefined,
  next: undefined,
  lost: false,
  problem: null,
};

/**
 * Features taken from an SAE's queue for as long as the page is open. Another
 * view takes others.
 *
 * @param may whether to take any.
 */
export function useQueueHand(
  saeId: string,
  view: Partial<QueueView>,
  may: boolean,
): [InHand, QueueHand] {
  const asked = JSON.stringify(view);
  const hand = useMemo(
    () => new QueueHand(doorOf(saeId, JSON.parse(asked) as QueueView)),
    [saeId, asked],
  );
  useEffect(() => {
    if (!may) return undefined;
    hand.start();
    const leave = () => {
      hand.stop();
    };
    // A page that comes back from the browser's memory starts anew.
    const show = ({ persisted }: PageTransitionEvent) => {
      if (persisted) hand.start();
    };
    const seen = () => {
      if (document.visibilityState === "visible") hand.renew();
    };
    window.addEventListener("pagehide", leave);
    window.addEventListener("pageshow", show);
    document.addEventListener("visibilitychange", seen);
    return () => {
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("pageshow", show);
      document.removeEventListener("visibilitychange", seen);
      hand.stop();
    };
  }, [hand, may]);
  const state = useSyncExternalStore(hand.subscribe, hand.now, () => EMPTY);
  return [state, hand];
}

function doorOf(saeId: string, view: Partial<QueueView>): QueueDoor {
  let made: string | undefined;
  // Made in the browser, not while the server draws the page.
  const seat = () => (made ??= changeKey());
  return {
    take: (holding) => takeNext(saeId, seat(), holding, view),
    keep: (holding) => keepInHand(saeId, seat(), holding),
    leave: () => {
      leaveQueue(saeId, seat());
    },
  };
}
