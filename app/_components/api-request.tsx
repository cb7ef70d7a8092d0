"use client";

import { useQuery } from "@tanstack/react-query";
import { useState, useSyncExternalStore } from "react";
import type { ApiParameter } from "#app/_server/api-document";
import { saeListQuery } from "#app/_queries/saes";
import { sweepListQuery } from "#app/_queries/sweeps";
import { ApiAnswer } from "./api-answer";
import { ApiTypeLine } from "./api-type";
import { curlCommand, requestPath } from "./api-curl";
import { CopyButton } from "./copy-button";
import styles from "./api-docs.module.css";

interface ApiRequestProps {
  method: string;
  path: string;
  parameters: ApiParameter[];
  /** Example of a body. */
  body: unknown;
}

/** A route's parameters to fill in, and the request that comes of it. */
export function ApiRequest({
  method,
  path,
  parameters,
  body,
}: ApiRequestProps) {
  const known = useKnownNames();
  const origin = useOrigin();
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [sent, setSent] = useState<string | null>(null);
  const values = Object.fromEntries(
    parameters.map(({ name, example }) => [
      name,
      typed[name] ?? filledIn(name, example, known),
    ]),
  );
  const url = requestPath(path, parameters, values);
  return (
    <>
      {parameters.length === 0 ? null : (
        <div className={styles.scroll}>
          <table className={styles.parameters}>
            <thead>
              <tr>
                <th scope="col">Parameter</th>
                <th scope="col">Value</th>
                <th scope="col">Type</th>
                <th scope="col">Meaning</th>
              </tr>
            </thead>
            <tbody>
              {parameters.map((parameter) => (
                <tr key={parameter.name}>
                  <th scope="row">
                    <code>{parameter.name}</code>
                    {parameter.required ? null : (
                      <span className="muted"> optional</span>
                    )}
                  </th>
                  <td>
                    <input
                      aria-label={`${parameter.name} of ${method} ${path}`}
                      value={values[parameter.name]}
                      onChange={(event) => {
                        const { value } = event.target;
                        setTyped({ ...typed, [parameter.name]: value });
                      }}
                    />
                  </td>
                  <td>
                    <ApiTypeLine schema={parameter.schema} />
                  </td>
                  <td>{parameter.description}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className={styles.try}>
        <pre tabIndex={0}>{curlCommand(method, origin + url, body)}</pre>
        <CopyButton
          text={curlCommand(method, origin + url, body)}
          name="Copy"
        />
        {method === "GET" ? (
          <>
            <a className="button" href={url} target="_blank" rel="noreferrer">
              Open
            </a>
            <button
              type="button"
              onClick={() => {
                setSent(url);
              }}
            >
              Try
            </button>
          </>
        ) : null}
      </div>
      {sent === null ? null : <ApiAnswer key={sent} url={sent} />}
    </>
  );
}

/** An SAE and a sweep there are, to begin with. */
function useKnownNames(): { sae: string; sweep: string } {
  const saes = useQuery(saeListQuery());
  const sweeps = useQuery(sweepListQuery());
  return {
    sae: saes.data?.saes[0]?.id ?? "",
    sweep: sweeps.data?.sweeps[0]?.name ?? "",
  };
}

function filledIn(
  name: string,
  example: unknown,
  known: { sae: string; sweep: string },
): string {
  if (name === "sae") return known.sae;
  if (name === "sweep") return known.sweep;
  return example === undefined
    ? ""
    : String(example).replaceAll("{sae}", known.sae);
}

const never = () => () => undefined;

/** Where this page is from; a usual place until that is known. */
function useOrigin(): string {
  return useSyncExternalStore(
    never,
    () => window.location.origin,
    () => "http://localhost:3000",
  );
}
