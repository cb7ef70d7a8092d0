import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** What comes before the log-in. */
const OPEN = ["login/page.tsx", "invite/[token]/page.tsx"];

const files = readdirSync("app", { recursive: true, encoding: "utf8" });

test.each(
  files.filter(
    (file) =>
      /(^|\/)(page\.tsx|route\.ts)$/.test(file) &&
      !/^(api|_server)\//.test(file) &&
      !OPEN.includes(file),
  ),
)("%s asks who is looking before it shows anything", (file) => {
  const source = readFileSync(join("app", file), "utf8");
  const [, body = ""] =
    /export (?:default )?async function (?:GET|\w+Page)\([^)]*\)[^{]*\{\n([^\n]*)/.exec(
      source,
    ) ?? [];
  expect(body).toMatch(/^ {2}(const \w+ = )?await visitor\(\);$/);
});

test.each(files.filter((file) => /^api\/.*route\.ts$/.test(file)))(
  "%s answers through route(), or says that it is open",
  (file) => {
    const source = readFileSync(join("app", file), "utf8");
    const handlers = [
      ...source.matchAll(
        /export (?:const|async function|function) ([A-Z]+)\b(.*)/g,
      ),
    ];
    expect(handlers.length).toBeGreaterThan(0);
    for (const [, method, rest] of handlers) {
      expect(rest, method).toMatch(/^ = (route|openRoute|documented)\(/);
    }
  },
);
