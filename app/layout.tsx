import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { meQuery } from "#app/_queries/account";
import { dehydrated, makeQueryClient } from "#app/_queries/query-client";
import { currentMe } from "#app/_server/visitor";
import { Hydrate } from "#ui/hydrate";
import { LoggedOutNotice } from "#ui/logged-out-notice";
import { Providers } from "#ui/providers";
import { SiteHeader } from "#ui/site-header";
import { THEME_SCRIPT } from "#app/_components/theme";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Monolex", template: "%s · Monolex" },
  description:
    "The dictionary of concepts inside GPT-2: sparse autoencoder features, what makes them fire, and what people call them.",
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fafaf9" },
    { media: "(prefers-color-scheme: dark)", color: "#0f0e0d" },
  ],
};

export default async function RootLayout({
  children,
}: {
  children: ReactNode;
}) {
  const client = makeQueryClient();
  client.setQueryData(meQuery().queryKey, await currentMe());
  return (
    // The script sets data-theme before the first paint.
    <html lang="en" suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
      </head>
      <body>
        <Providers>
          <a className="skip-link" href="#main">
            Skip to content
          </a>
          <Hydrate state={dehydrated(client)}>
            <SiteHeader />
          </Hydrate>
          <LoggedOutNotice />
          <main id="main" className="page">
            {children}
          </main>
        </Providers>
      </body>
    </html>
  );
}
