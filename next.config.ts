import type { NextConfig } from "next";

const config: NextConfig = {
  // Native addons stay outside the bundle.
  serverExternalPackages: ["better-sqlite3", "onnxruntime-node"],
  poweredByHeader: false,
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
