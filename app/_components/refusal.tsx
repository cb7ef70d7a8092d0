"use client";

interface RefusalProps {
  error: Error;
  onAgain: () => void;
}

/** Why something is not there, and a way to ask for it again. */
export function Refusal({ error, onAgain }: RefusalProps) {
  return (
    <p role="alert">
      {error.message}{" "}
      <button type="button" onClick={onAgain}>
        Try again
      </button>
    </p>
  );
}
