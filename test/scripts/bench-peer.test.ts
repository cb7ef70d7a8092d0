import { expect, test } from "vitest";
import { isReferenceBlas } from "../../scripts/bench/peer";

const LIB = "/usr/lib/x86_64-linux-gnu";

test.each([
  [`${LIB}/libdnnl.so.2.6 ${LIB}/blas/libblas.so.3.11.0`, true],
  ["/usr/lib64/libblas.so.3", true],
  // LAPACK of OpenBLAS does not make the products faster.
  [
    `${LIB}/blas/libblas.so.3.11.0 ${LIB}/openblas-pthread/liblapack.so.3`,
    true,
  ],
  [
    `${LIB}/openblas-pthread/libblas.so.3 ${LIB}/openblas-pthread/libopenblasp-r0.3.21.so`,
    false,
  ],
  ["/opt/torch/lib/libtorch_cpu.so /opt/torch/lib/libmkl_core.so", false],
  ["PyTorch built with: BLAS_INFO=accelerate", false],
])("%s is the reference BLAS: %s", (libraries, reference) => {
  expect(isReferenceBlas(libraries)).toBe(reference);
});
