// Compiles lib/compute/kernels/assembly to WebAssembly (shared memory; with and without SIMD).
// Runs at installation; run it by hand after changing a kernel.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../lib/compute/kernels/", import.meta.url));

let asc;
try {
  asc = await import("assemblyscript/asc");
} catch {
  // A production installation without development packages: nothing to
  // compile with. Training then says what is missing; the web app needs none.
  console.warn("assemblyscript is not installed: training kernels not built.");
  process.exit(0);
}

mkdirSync(`${root}build`, { recursive: true });
// One source, two builds: the second for processors without SIMD.
const builds = {
  kernels: "simd,threads,bulk-memory",
  "kernels-scalar": "threads,bulk-memory",
};
for (const [name, features] of Object.entries(builds)) {
  const { error, stderr } = await asc.main([
    `${root}assembly/index.ts`,
    ...["--outFile", `${root}build/${name}.wasm`],
    ...["--runtime", "stub", "--noAssert", "--optimizeLevel", "3"],
    ...["--enable", features],
    ...(name === "kernels" ? [] : ["--disable", "simd"]),
    ...["--importMemory", "--sharedMemory"],
    ...["--initialMemory", "16", "--maximumMemory", "65536"],
    ...["--use", "abort="],
  ]);
  if (error) {
    console.error(String(stderr));
    console.error(`The kernels do not compile: ${error.message}`);
    process.exit(1);
  }
}
