import { defineConfig } from "drizzle-kit";

/** `npx drizzle-kit generate --name x` after a change of the label schema. */
export default defineConfig({
  dialect: "sqlite",
  schema: "./lib/db/label-schema.ts",
  out: "./lib/db/migrations",
});
