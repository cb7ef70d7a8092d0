import type { NextConfig } from "next";

const config: NextConfig = {
  // Native addons stay outside the bundle.
  serverExternalPackages: ["better-sqlite3", "onnxruntime-node"],
  poweredByHeader: false,
  // Types and lint are checked by `npm test`; a build need not do it again.
  typescript: { ignoreBuildErrors: true },
};

export default config;
