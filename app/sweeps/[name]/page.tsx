import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { orRefusal } from "#app/_server/page-data";
import { getSweep } from "#app/_server/sweeps";
import { visitor } from "#app/_server/visitor";
import { dehydrated, makeQueryClient } from "#app/_queries/query-client";
import { sweepQuery } from "#app/_queries/sweeps";
import { Hydrate } from "#ui/hydrate";
import { SweepView } from "#ui/sweep-view";

interface SweepPageProps {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({
  params,
}: SweepPageProps): Promise<Metadata> {
  return { title: `Sweep ${decodeURIComponent((await params).name)}` };
}

export default async function SweepPage({ params }: SweepPageProps) {
  await visitor();
  const name = decodeURIComponent((await params).name);
  const sweep = orRefusal(() => getSweep(name));
  if ("refusal" in sweep) {
    return (
      <div className="card" role="alert">
        <h1>This sweep cannot be shown</h1>
        <p>{sweep.refusal}</p>
        <p>
          <Link href="/sweeps">All sweeps</Link>
        </p>
      </div>
    );
  }
  const client = makeQueryClient();
  client.setQueryData(sweepQuery(name).queryKey, sweep.data);
  return (
    <Hydrate state={dehydrated(client)}>
      <Suspense>
        <SweepView name={name} />
      </Suspense>
    </Hydrate>
  );
}
