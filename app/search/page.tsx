import type { Metadata } from "next";
import { Suspense } from "react";
import { visitor } from "#app/_server/visitor";
import { SearchEverywhere } from "#ui/search-everywhere";

export const metadata: Metadata = { title: "Search" };

export default async function SearchEverywherePage() {
  await visitor();
  return (
    <Suspense>
      <SearchEverywhere />
    </Suspense>
  );
}
