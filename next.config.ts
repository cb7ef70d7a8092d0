import type { NextConfig } from "next";
import { securityHeaders } from "./lib/security-headers";

const config: NextConfig = {
  // Native addons, and what is for the server alone, stay outside the bundle.
  serverExternalPackages: ["better-auth", "better-sqlite3", "onnxruntime-node"],
  poweredByHeader: false,
  // A build is made once, on a machine that waits for it: neither the bundler's
  // cache nor maps of the server's code are worth half of its time. That code
  // stays as it is written, so that a trace of the log can be read.
  experimental: {
    turbopackFileSystemCacheForBuild: false,
    turbopackSourceMaps: process.env.NODE_ENV !== "production",
    turbopackMinify: { server: false },
  },
  // Only /embed/… may stand in another site's frame.
  headers: () =>
    Promise.resolve([
      { source: "/((?!embed/).*)", headers: securityHeaders("'self'") },
      { source: "/embed/:path*", headers: securityHeaders("*") },
    ]),
  // Types and lint are checked by `npm test`; a build need not do it again.
  typescript: { ignoreBuildErrors: true },
};

export default config;
