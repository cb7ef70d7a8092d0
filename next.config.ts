import type { NextConfig } from "next";

/**
 * Nothing from elsewhere is loaded, and nothing is sent elsewhere. Next's own
 * scripts stand in the page, so those of the page itself are allowed.
 */
const contentPolicy = (ancestors: string) =>
  [
    "default-src 'self'",
    `script-src 'self' 'unsafe-inline'${process.env.NODE_ENV === "development" ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    `frame-ancestors ${ancestors}`,
  ].join("; ");

const headers = (source: string, ancestors: string) => ({
  source,
  headers: [
    { key: "content-security-policy", value: contentPolicy(ancestors) },
    { key: "x-content-type-options", value: "nosniff" },
    { key: "referrer-policy", value: "same-origin" },
  ],
});

const config: NextConfig = {
  // Native addons, and what is for the server alone, stay outside the bundle.
  serverExternalPackages: ["better-auth", "better-sqlite3", "onnxruntime-node"],
  poweredByHeader: false,
  // Only /embed/… may stand in another site's frame.
  headers: () =>
    Promise.resolve([
      headers("/((?!embed/).*)", "'self'"),
      headers("/embed/:path*", "*"),
    ]),
  // Types and lint are checked by `npm test`; a build need not do it again.
  typescript: { ignoreBuildErrors: true },
};

export default config;
