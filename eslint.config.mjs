import js from "@eslint/js";
import next from "eslint-config-next/core-web-vitals";
import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";

/**
 * DESIGN: data flows one way. Each folder may import only these of lib.
 * (What lies in lib itself, such as `#lib/errors`, is open to all.)
 */
const mayImport = {
  compute: [],
  hub: [],
  query: [],
  wordnet: [],
  db: ["query"],
  corpus: ["wordnet"],
  contract: ["query"],
  gpt2: ["compute", "hub"],
  sae: ["compute"],
  people: ["db"],
  labels: ["db"],
  exchange: ["contract", "db", "labels"],
  activations: ["sae", "compute"],
  features: ["sae", "gpt2", "corpus", "db", "compute"],
  lens: ["sae", "gpt2", "compute"],
};
const folders = Object.keys(mayImport);

/**
 * The rule for one folder: what it may import, and what it must not besides.
 * Regular expressions, as "#" begins a comment in the rule's `group` patterns.
 */
const importsOnly = (files, name, allowed, alsoForbidden) => ({
  files,
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          {
            regex: `^#lib/(${folders.filter((f) => !allowed.includes(f)).join("|")})(/|$)`,
            message: `${name} may import only: ${allowed.join(", ")}.`,
          },
          ...alsoForbidden.map((other) => ({
            regex: `^${other}(/|$)`,
            message: `${name} must not know of it.`,
          })),
          {
            regex: "^\\.\\./",
            message: "Use the #lib and #app aliases across folders.",
          },
        ],
      },
    ],
  },
});

const importGraph = [
  ...folders.map((folder) =>
    importsOnly(
      [`lib/${folder}/**/*.ts`],
      `lib/${folder}`,
      [folder, ...mayImport[folder]],
      ["#app", "#test", "next", "react"],
    ),
  ),
  importsOnly(
    ["app/**/*.{ts,tsx}"],
    "app",
    ["contract", "query", "db", "labels"],
    ["#test"],
  ),
  // Its text lens runs models, in a process of their own.
  importsOnly(
    ["app/_server/**/*.ts"],
    "app/_server",
    [
      ...["contract", "query", "db", "exchange", "labels", "people"],
      ...["sae", "gpt2", "lens", "wordnet"],
    ],
    ["#test"],
  ),
];

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
