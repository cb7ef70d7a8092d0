"use client";

import { useState } from "react";
import { useUrlParams } from "./use-url-params";

/** Longer texts do not go into the address: servers and chats cut it. */
export const PINNED_MAX = 1500;

/**
 * The text in the test box. It is in the URL (`try`), so that a link shows it
 * and it stays from feature to feature, unless it is too long for that.
 */
export function useTestText(): [string, (text: string) => void] {
  const [params, change] = useUrlParams();
  const [long, setLong] = useState("");
  const set = (text: string) => {
    const fits = text.length <= PINNED_MAX;
    setLong(fits ? "" : text);
    change({ try: fits && text !== "" ? text : null });
  };
  return [long !== "" ? long : (params.get("try") ?? ""), set];
}
