"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { AccountMenu } from "./account-menu";
import { HeaderSearch } from "./header-search";
import { ThemeToggle } from "./theme-toggle";
import styles from "./site-header.module.css";

/** The bar on top of every page; inside an SAE it carries the SAE's search. */
export function SiteHeader() {
  const pathname = usePathname();
  // In another site's frame a feature stands alone.
  if (pathname.startsWith("/embed/")) return null;
  const saeId = currentSae(pathname);
  return (
    <header className={styles.header}>
      <Link href="/" className={styles.brand}>
        Monolex
      </Link>
      {saeId === null ? (
        <nav className={styles.nav} aria-label="All">
          <Link href="/">SAEs</Link>
          <Link href="/sweeps">Sweeps</Link>
          <Link href="/compare">Compare</Link>
          <Link href="/api-docs">API</Link>
        </nav>
      ) : (
        <nav className={styles.nav} aria-label="This SAE">
          <Link href={`/sae/${encodeURIComponent(saeId)}`}>Features</Link>
          <Link href={`/sae/${encodeURIComponent(saeId)}/text`}>Text lens</Link>
          <Link href={`/sae/${encodeURIComponent(saeId)}/atlas`}>Atlas</Link>
          <Link href={`/sae/${encodeURIComponent(saeId)}/queue`}>Queue</Link>
        </nav>
      )}
      <HeaderSearch saeId={saeId} />
      <span className={styles.spacer} />
      <ThemeToggle />
      <AccountMenu />
    </header>
  );
}

function currentSae(pathname: string): string | null {
  const match = /^\/sae\/([^/]+)/.exec(pathname);
  return match === null ? null : decodeURIComponent(match[1]!);
}
