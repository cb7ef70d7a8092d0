import type { NextConfig } from "next";

/**
 * Nothing from elsewhere is loaded, nothing is sent elsewhere, and no other
 * site can show these pages in a frame. Next's own scripts stand in the page,
 * so those of the page itself are allowed.
 */
const contentPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${process.env.NODE_ENV === "development" ? " 'unsafe-eval'" : ""}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const config: NextConfig = {
  // Native addons, and what is for the server alone, stay outside the bundle.
  serverExternalPackages: ["better-auth", "better-sqlite3", "onnxruntime-node"],
  poweredByHeader: false,
  headers: () =>
    Promise.resolve([
      {
        source: "/:path*",
        headers: [
          { key: "content-security-policy", value: contentPolicy },
          { key: "x-content-type-options", value: "nosniff" },
          { key: "referrer-policy", value: "same-origin" },
        ],
      },
    ]),
  // Types and lint are checked by `npm test`; a build need not do it again.
  typescript: { ignoreBuildErrors: true },
  // Only /embed/… may stand in another site's frame.
  headers: () => [
    {
      source: "/((?!embed/).*)",
      headers: [
        { key: "Content-Security-Policy", value: "frame-ancestors 'self'" },
        { key: "X-Frame-Options", value: "SAMEORIGIN" },
      ],
    },
    {
      source: "/embed/:path*",
      headers: [{ key: "Content-Security-Policy", value: "frame-ancestors *" }],
    },
  ],
};

export default config;
