"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { startTransition, useOptimistic } from "react";
import type { SaeComparison, SaeSummary } from "#lib/contract/index";
import { comparisonQuery } from "#app/_queries/compare";
import { saeListQuery } from "#app/_queries/saes";
import { CompareConfig } from "./compare-config";
import { CompareFigures } from "./compare-figures";
import { compareSaesHref } from "./feature-links";
import { MatchPanel } from "./match-panel";
import styles from "./compare-saes.module.css";

/** Two SAEs side by side: figures, configuration, and which features they share. */
export function CompareSaes({ refusal }: { refusal?: string | undefined }) {
  const params = useSearchParams();
  const a = params.get("a") ?? "";
  const b = params.get("b") ?? "";
  const { data: list } = useSuspenseQuery(saeListQuery());
  const chosen = a !== "" && b !== "";
  const { data, error } = useQuery({
    ...comparisonQuery({ a, b }),
    enabled: chosen && refusal === undefined,
  });
  const problem = refusal ?? error?.message;
  return (
    <div className={styles.page}>
      <div>
        <h1>Compare SAEs</h1>
        <p className="muted">
          Which features two SAEs have in common, and what sets them apart.
        </p>
      </div>
      <SaeChoice saes={list.saes} a={a} b={b} />
      {problem === undefined ? null : (
        <p role="alert" className="card">
          {problem}
        </p>
      )}
      {list.saes.length < 2 ? (
        <p className="card">
          It takes two SAEs: <code>npm run train</code> and{" "}
          <code>npm run index</code> make another one.
        </p>
      ) : null}
      {data ? <Compared key={`${a} ${b}`} comparison={data} /> : null}
    </div>
  );
}

function Compared({ comparison }: { comparison: SaeComparison }) {
  const { a, b } = comparison;
  return (
    <>
      <HookNote a={a} b={b} />
      <MatchPanel comparison={comparison}>
        <div className={styles.pair}>
          <CompareFigures a={a} b={b} />
          <CompareConfig a={a} b={b} />
        </div>
      </MatchPanel>
    </>
  );
}

/** Where the two do not read the same thing, their cosines mean less. */
function HookNote({ a, b }: Pick<SaeComparison, "a" | "b">) {
  const sameModel = a.modelName === b.modelName && a.modelHash === b.modelHash;
  if (sameModel && a.hookName === b.hookName) return null;
  return (
    <p role="note" className="card">
      {sameModel
        ? `The two read different places of the model: ${a.hookName} and ${b.hookName}. `
        : `The two read different models: ${a.modelName} and ${b.modelName}. `}
      {sameModel
        ? "The residual stream carries directions from one place to the next, so features may still match; a low cosine says less than it would at one hook."
        : "Their directions live in different spaces: cosines between them are no evidence."}
    </p>
  );
}

interface SaeChoiceProps {
  saes: SaeSummary[];
  a: string;
  b: string;
}

function SaeChoice({ saes, ...inUrl }: SaeChoiceProps) {
  const router = useRouter();
  // A choice stands at once: the next one may be made before the page is here.
  const [[a, b], show] = useOptimistic([inUrl.a, inUrl.b] as const);
  const choose = (one: string, two: string) => {
    startTransition(() => {
      show([one, two]);
      router.push(compareSaesHref(one, two));
    });
  };
  // What can be matched with the other one comes first.
  const width = saes.find((sae) => sae.id === a)?.dIn;
  return (
    <div className={styles.choice}>
      <SaeSelect
        name="SAE A"
        saes={saes}
        value={a}
        onChange={(id) => {
          choose(id, b);
        }}
      />
      <button
        type="button"
        disabled={a === "" || b === ""}
        title="Swap A and B"
        onClick={() => {
          choose(b, a);
        }}
      >
        <span aria-hidden="true">⇄</span>
        <span className="visually-hidden">Swap A and B</span>
      </button>
      <SaeSelect
        name="SAE B"
        saes={saes.filter((sae) => sae.id !== a)}
        width={width}
        value={b}
        onChange={(id) => {
          choose(a, id);
        }}
      />
    </div>
  );
}

interface SaeSelectProps {
  name: string;
  saes: SaeSummary[];
  /** SAEs of another width cannot be chosen. */
  width?: number | undefined;
  value: string;
  onChange: (id: string) => void;
}

function SaeSelect({ name, saes, width, value, onChange }: SaeSelectProps) {
  const known = saes.some((sae) => sae.id === value);
  return (
    <label className={styles.select}>
      <span>{name}</span>
      <select
        value={known ? value : ""}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      >
        <option value="" disabled>
          Choose an SAE
        </option>
        {saes.map((sae) => (
          <option
            key={sae.id}
            value={sae.id}
            disabled={width !== undefined && sae.dIn !== width}
          >
            {sae.id}
            {width !== undefined && sae.dIn !== width
              ? ` (reads ${sae.dIn} numbers, not ${width})`
              : ""}
          </option>
        ))}
      </select>
    </label>
  );
}
