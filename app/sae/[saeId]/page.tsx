import type { Metadata } from "next";
import { Suspense } from "react";
import { featureQuerySchema, type FeaturePage } from "#lib/contract/index";
import { AppError } from "#lib/errors";
import type { Actor } from "#lib/policy";
import { listFeatures } from "#app/_server/feature-table";
import { orNotFound } from "#app/_server/page-data";
import { getSae } from "#app/_server/saes";
import { visitor } from "#app/_server/visitor";
import { featureListQuery } from "#app/_queries/feature-list";
import { dehydrated, makeQueryClient } from "#app/_queries/query-client";
import { saeQuery } from "#app/_queries/saes";
import { Hydrate } from "#ui/hydrate";
import { SaeView } from "#ui/sae-view";

interface SaePageProps {
  params: Promise<{ saeId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({
  params,
}: SaePageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).saeId) };
}

export default async function SaePage({ params, searchParams }: SaePageProps) {
  const viewer = await visitor();
  const saeId = decodeURIComponent((await params).saeId);
  const { q: given } = await searchParams;
  const q = typeof given === "string" ? given : "";
  const client = makeQueryClient();
  client.setQueryData(
    saeQuery(saeId).queryKey,
    orNotFound(() => getSae(saeId)),
  );
  const page = await firstPage(viewer, saeId, q);
  if (page) {
    client.setQueryData(featureListQuery(saeId, q).queryKey, {
      pages: [page],
      pageParams: [null],
    });
  }
  return (
    <Hydrate state={dehydrated(client)}>
      <Suspense>
        <SaeView saeId={saeId} />
      </Suspense>
    </Hydrate>
  );
}

/** Undefined for a filter that is not understood: the table says so. */
async function firstPage(
  viewer: Actor,
  saeId: string,
  q: string,
): Promise<FeaturePage | undefined> {
  const query = featureQuerySchema.safeParse({ q });
  if (!query.success) return undefined;
  try {
    return await listFeatures(saeId, query.data, viewer);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
