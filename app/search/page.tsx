import type { Metadata } from "next";
import { Suspense } from "react";
import { SearchEverywhere } from "#ui/search-everywhere";

export const metadata: Metadata = { title: "Search" };

export default function SearchEverywherePage() {
  return (
    <Suspense>
      <SearchEverywhere />
    </Suspense>
  );
}
