import js from "@eslint/js";
import next from "eslint-config-next/core-web-vitals";
import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";

/**
 * DESIGN: data flows one way. Each folder of lib may import only these.
 * (`#lib/errors`, `#lib/config` and `#lib/random` are open to all.)
 */
const mayImport = {
  compute: [],
  db: [],
  corpus: [],
  contract: [],
  gpt2: ["compute"],
  sae: ["compute"],
  labels: ["db"],
  activations: ["sae"],
  features: ["sae", "gpt2", "corpus", "db", "compute"],
};
const folders = Object.keys(mayImport);

const importGraph = folders.map((folder) => ({
  files: [`lib/${folder}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          {
            group: [
              "#app/*",
              "#test/*",
              "next",
              "next/*",
              "react",
              ...folders
                .filter((f) => f !== folder && !mayImport[folder].includes(f))
                .flatMap((f) => [`#lib/${f}`, `#lib/${f}/*`]),
            ],
            message: `lib/${folder} may import only: ${mayImport[folder].join(", ") || "nothing of lib"}.`,
          },
          {
            group: ["../*"],
            message: "Use the #lib alias across folders.",
          },
        ],
      },
    ],
  },
}));

export default tseslint.config(
  {
    ignores: [
      ".next/**",
      "data/**",
      "next-env.d.ts",
      "lib/compute/kernels/assembly/**",
      "lib/compute/kernels/build/**",
    ],
  },
  js.configs.recommended,
  ...next,
  ...tseslint.configs.strict,
  {
    files: ["**/*.ts", "**/*.tsx"],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": [
        "error",
        { checksVoidReturn: { attributes: false } },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // Typed-array reads are `number | undefined` to the compiler; kernels
      // would drown in checks that can never fail.
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  ...importGraph,
  {
    files: ["**/*.mjs"],
    languageOptions: {
      globals: { process: "readonly", console: "readonly", URL: "readonly" },
    },
  },
  prettier,
);
