"use client";

import { useEffect, useState } from "react";
import { useDebounced } from "./use-debounced";
import { useUrlParams } from "./use-url-params";

/**
 * A text that is typed and, once it has stood still for so many milliseconds,
 * is a parameter of the URL; a change of the URL from elsewhere replaces it.
 *
 * @returns the text, how to change it, and the parameter as it stands.
 */
export function useUrlText(
  name: string,
  milliseconds: number,
): [string, (text: string) => void, string] {
  const [params, setParams] = useUrlParams();
  const inUrl = params.get(name) ?? "";
  const [text, setText] = useState(inUrl);
  const [seen, setSeen] = useState(inUrl);
  const [sent, setSent] = useState(inUrl);
  if (inUrl !== seen) {
    setSeen(inUrl);
    // Not an echo of what was typed here.
    if (inUrl !== sent) {
      setText(inUrl);
      setSent(inUrl);
    }
  }
  const settled = useDebounced(text, milliseconds);
  if (settled === text && settled !== sent) setSent(settled);
  useEffect(() => {
    const now = new URLSearchParams(window.location.search).get(name) ?? "";
    if (now !== sent) setParams({ [name]: sent === "" ? null : sent });
  }, [name, sent, setParams]);
  return [text, setText, inUrl];
}
