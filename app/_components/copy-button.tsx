"use client";

import { useState } from "react";

/** Copies a text, and says so. */
export function CopyButton({ text, name }: { text: string; name: string }) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState("copied");
    } catch {
      // Not allowed, or not a secure page.
      setState("failed");
    }
  };
  return (
    <button
      type="button"
      onClick={() => void copy()}
      onBlur={() => {
        setState("idle");
      }}
    >
      {state === "idle" ? name : null}
      <span role="status">
        {state === "copied"
          ? "Copied"
          : state === "failed"
            ? "Not allowed"
            : ""}
      </span>
    </button>
  );
}
