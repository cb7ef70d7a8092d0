"use client";

interface ErrorPageProps {
  error: Error & { digest?: string };
  reset: () => void;
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <div className="card" role="alert">
      <h1>This page could not be shown</h1>
      <p className="muted">
        {error.digest === undefined
          ? error.message
          : `The server's log has the details under ${error.digest}.`}
      </p>
      <p>
        <button type="button" onClick={reset}>
          Try again
        </button>
      </p>
    </div>
  );
}
