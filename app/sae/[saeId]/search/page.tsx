import type { Metadata } from "next";
import { Suspense } from "react";
import { orNotFound } from "#app/_server/page-data";
import { getSae } from "#app/_server/saes";
import { visitor } from "#app/_server/visitor";
import { SearchView } from "#ui/search-view";

export const metadata: Metadata = { title: "Search" };

interface SearchPageProps {
  params: Promise<{ saeId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SearchPage(props: SearchPageProps) {
  await visitor();
  const saeId = decodeURIComponent((await props.params).saeId);
  const { q } = await props.searchParams;
  orNotFound(() => getSae(saeId));
  return (
    <Suspense>
      {/* A new search from the header starts the view afresh. */}
      <SearchView saeId={saeId} key={String(q)} />
    </Suspense>
  );
}
