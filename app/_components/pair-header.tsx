"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import type { FeatureDetail } from "#lib/contract/index";
import type { PairView } from "#app/_queries/feature-pair";
import { saeListQuery } from "#app/_queries/saes";
import { compareHref, featureHref, saeHref } from "./feature-links";
import { useHotkey } from "./use-hotkey";
import styles from "./pair-view.module.css";

interface PairHeaderProps {
  pair: PairView;
  a: FeatureDetail;
  b: FeatureDetail;
}

/** Which two features, and the way to others. */
export function PairHeader({ pair, a, b }: PairHeaderProps) {
  const router = useRouter();
  const swapped = compareHref(b, a);
  useHotkey("s", () => {
    router.push(swapped);
  });
  return (
    <div className={styles.header}>
      <div>
        <p className="small">
          <Link href={saeHref(a.saeId)}>{a.saeId}</Link>
          {a.saeId === b.saeId ? null : (
            <>
              {" "}
              and <Link href={saeHref(b.saeId)}>{b.saeId}</Link>
            </>
          )}
        </p>
        <h1>
          Features{" "}
          <Link href={featureHref(a.saeId, a.index)} data-series="a">
            {a.index}
          </Link>{" "}
          and{" "}
          <Link href={featureHref(b.saeId, b.index)} data-series="b">
            {b.index}
          </Link>
        </h1>
      </div>
      <Choice pair={pair} swapped={swapped} />
    </div>
  );
}

function Choice({ pair, swapped }: { pair: PairView; swapped: string }) {
  const router = useRouter();
  const { data } = useQuery(saeListQuery());
  const ids = data?.saes.map((sae) => sae.id) ?? [pair.other];
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget);
    router.push(
      compareHref(
        { saeId: pair.saeId, index: Number(chosen.get("a")) },
        { saeId: String(chosen.get("other")), index: Number(chosen.get("b")) },
      ),
    );
  };
  return (
    <form className={styles.choice} onSubmit={submit}>
      <label>
        <span>Feature A</span>
        <input name="a" type="number" min={0} required defaultValue={pair.a} />
      </label>
      <label>
        <span>Feature B</span>
        <input name="b" type="number" min={0} required defaultValue={pair.b} />
      </label>
      <label className={styles.other}>
        <span>B is of</span>
        <select name="other" defaultValue={pair.other} key={ids.length}>
          {ids.map((id) => (
            <option key={id}>{id}</option>
          ))}
        </select>
      </label>
      <button type="submit">Compare</button>
      <Link className="button" href={swapped} title="Swap A and B (s)">
        Swap
      </Link>
    </form>
  );
}
