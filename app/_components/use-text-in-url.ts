"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { fitsQuery, packedOf, packText, unpackText } from "./text-in-url";

export interface TextInUrl {
  /** The address's text; undefined while it is being unpacked. */
  text: string | undefined;
  /** The hash holds something that is no text. */
  damaged: boolean;
  /** Goes to another text; the view parameters given are dropped. */
  goTo: (text: string, drop: readonly string[]) => void;
}

/** The text that the address holds (see text-in-url), and how to change it. */
export function useTextInUrl(): TextInUrl {
  const inQuery = useSearchParams().get("text");
  const hash = useSyncExternalStore(
    onHashChange,
    () => window.location.hash,
    () => "",
  );
  const packed = inQuery === null ? packedOf(hash) : null;
  const [unpacked, setUnpacked] = useState<{ of: string; text?: string }>();
  useEffect(() => {
    if (packed === null || unpacked?.of === packed) return;
    let current = true;
    unpackText(packed).then(
      (text) => {
        if (current) setUnpacked({ of: packed, text });
      },
      () => {
        if (current) setUnpacked({ of: packed });
      },
    );
    return () => {
      current = false;
    };
  }, [packed, unpacked]);
  const goTo = useCallback((text: string, drop: readonly string[]) => {
    void addressOf(text, drop).then(({ url, packed }) => {
      if (packed !== undefined) setUnpacked({ of: packed, text });
      window.history.pushState(null, "", url);
      window.dispatchEvent(new Event("hashchange"));
    });
  }, []);
  const known = unpacked?.of === packed ? unpacked : undefined;
  return {
    text: inQuery ?? (packed === null ? "" : known?.text),
    damaged: packed !== null && known !== undefined && known.text === undefined,
    goTo,
  };
}

async function addressOf(text: string, drop: readonly string[]) {
  const url = new URL(window.location.href);
  for (const name of ["text", ...drop]) url.searchParams.delete(name);
  url.hash = "";
  if (fitsQuery(text)) {
    if (text !== "") url.searchParams.set("text", text);
    return { url };
  }
  const packed = await packText(text);
  url.hash = `z=${packed}`;
  return { url, packed };
}

function onHashChange(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => {
    window.removeEventListener("hashchange", listener);
  };
}
