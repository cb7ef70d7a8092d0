import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
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

export default function RootLayout({ children }: { children: ReactNode }) {
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
          <SiteHeader />
          <main id="main" className="page">
            {children}
          </main>
        </Providers>
      </body>
    </html>
  );
}
