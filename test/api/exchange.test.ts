import { gunzipSync, gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import type { ImportReport } from "#lib/contract/index";
import { readerOf } from "#app/_server/databases";
import { may, ROLES, type Action } from "#lib/policy";
import { buildFixtureIndex, FIXTURE_SAE_ID } from "#test/db/fixture";
import { temporaryFolder } from "#test/db/temporary";
import { writeE2eData } from "#test/e2e-data";
import { call, fetchRoute } from "./call";
import { makeTeam, type Member, type Team } from "./team";
import { join } from "node:path";

const folder = temporaryFolder();
let team: Team;
beforeAll(async () => {
  writeE2eData(folder);
  team = await makeTeam(folder);
});

const at = `/saes/${FIXTURE_SAE_ID}`;
const ndjson = { "content-type": "application/x-ndjson" };
const exportAs = ({ cookie }: { cookie: string }, query = "") =>
  fetchRoute("GET", `${at}/export${query}`, { headers: { cookie } });
const importAs = (
  { call }: Pick<Member, "call">,
  body: BodyInit,
  query = "",
  headers: Record<string, string> = ndjson,
) => call("POST", `${at}/import${query}`, { body, headers });
const row = (more: object = {}) =>
  JSON.stringify({ feature: 7, text: "whales", author: "Nell", ...more });

describe("who may", () => {
  const doors = [
    ["export", (asker: Member) => exportAs(asker)],
    ["import", (asker: Member) => importAs(asker, row())],
  ] as [Action, (asker: Member) => Promise<{ status: number }>][];

  test.each(
    doors.flatMap(([action, ask]) =>
      ROLES.map((role) => ({ action, role, ask })),
    ),
  )("$action as $role", async ({ action, role, ask }) => {
    const { status } = await ask(team[role]);
    expect(status).toBe(may({ role, scopes: null }, action) ? 200 : 403);
  });

  test("only those who are logged in", async () => {
    const get = await fetchRoute("GET", `${at}/export`);
    expect(get.status).toBe(401);
    const init = { body: row(), headers: ndjson };
    expect((await call("POST", `${at}/import`, init)).status).toBe(401);
  });

  test("tokens by their scopes", async () => {
    const token = async (scope: string) => {
      const json = { name: "t", scopes: [scope] };
      const made = await team.admin.call("POST", "/me/tokens", { json });
      const { secret } = made.body as { secret: string };
      return { authorization: `Bearer ${secret}` };
    };
    const [read, maintain] = [await token("read"), await token("maintain")];
    const get = (headers: Record<string, string>) =>
      fetchRoute("GET", `${at}/export`, { headers });
    const post = (headers: Record<string, string>) =>
      fetchRoute("POST", `${at}/import`, {
        body: row(),
        headers: { ...ndjson, ...headers },
      });
    expect((await get(read)).status).toBe(200);
    expect((await get(maintain)).status).toBe(403);
    expect((await post(read)).status).toBe(403);
    expect((await post(maintain)).status).toBe(200);
  });

  test("no other site, in a visitor's name", async () => {
    const foreign = { ...ndjson, origin: "https://evil.example" };
    expect(await importAs(team.admin, row(), "", foreign)).toMatchObject({
      status: 403,
    });
    for (const type of ["text/plain", "multipart/form-data; boundary=x"]) {
      const answer = await importAs(team.admin, row(), "", {
        "content-type": type,
      });
      expect(answer).toMatchObject({
        status: 415,
        body: { error: { code: "unsupported_type" } },
      });
    }
  });
});

describe("an import", () => {
  test("is checked first, then made, then known", async () => {
    const { maintainer } = team;
    const file = `${row({ text: "one" })}\n${row({ feature: 9999 })}\nnonsense`;
    const checked = await importAs(maintainer, file, "?check=1");
    expect(checked).toMatchObject({
      status: 200,
      body: { checked: true, added: { label: 1 }, rejected: 2 },
    });
    const labels = async () => {
      const { body } = await maintainer.call("GET", `${at}/features/7/labels`);
      return (body as { labels: { text: string; author: { name: string } }[] })
        .labels;
    };
    expect((await labels()).map(({ text }) => text)).not.toContain("one");
    const made = await importAs(maintainer, file);
    expect((made.body as ImportReport).rejections).toEqual([
      {
        ...{ line: 2, type: "label" },
        reason: expect.stringContaining("There is no feature 9999") as string,
      },
      { line: 3, type: null, reason: "The row is no well-formed JSON." },
    ]);
    expect(await labels()).toContainEqual(
      expect.objectContaining({
        text: "one",
        author: expect.objectContaining({ name: "Nell" }) as object,
      }),
    );
    const again = await importAs(maintainer, gzipSync(file));
    expect(again.body).toMatchObject({ added: {}, already: 1 });
  });

  test("takes only rows of its own SAE", async () => {
    const { body } = await importAs(
      team.maintainer,
      `${row({ sae: "another" })}\n${row({ saeHash: "f".repeat(64) })}`,
    );
    expect(body).toMatchObject({ added: {}, rejected: 2 });
  });

  test("that is none is answered in a sentence", async () => {
    const { maintainer } = team;
    const csv = { "content-type": "text/csv" };
    expect(await importAs(maintainer, "a,b\n", "", csv)).toMatchObject({
      status: 422,
      body: { error: { code: "invalid" } },
    });
    const cut = gzipSync(row().repeat(50)).subarray(0, 30);
    expect(await importAs(maintainer, cut)).toMatchObject({
      status: 422,
      body: { error: { message: "The gzip file is damaged or not whole." } },
    });
    const nowhere = await maintainer.call("POST", "/saes/none/import", {
      ...{ body: row(), headers: ndjson },
    });
    expect(nowhere.status).toBe(404);
  });
});

describe("an export", () => {
  test("is a file in the format one asks for", async () => {
    await importAs(team.maintainer, row({ text: "=1+1", id: "formula-1" }));
    const jsonl = await exportAs(team.viewer);
    expect(jsonl.headers.get("content-disposition")).toBe(
      `attachment; filename="${FIXTURE_SAE_ID}-labels.jsonl"`,
    );
    const rows = (await jsonl.text())
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows).toContainEqual(
      expect.objectContaining({
        ...{ type: "label", id: "formula-1", sae: FIXTURE_SAE_ID },
        ...{ feature: 7, text: "=1+1", author: "Nell" },
      }),
    );
    const csv = await (await exportAs(team.viewer, "?format=csv")).text();
    expect(csv).toContain(`formula-1,${FIXTURE_SAE_ID},7,'=1+1,`);
    const theirs = await exportAs(
      team.viewer,
      "?format=neuronpedia&gzip=1&model=gpt2-small&source=6-res-jb",
    );
    expect(theirs.headers.get("content-type")).toBe("application/gzip");
    const text = gunzipSync(await theirs.arrayBuffer()).toString();
    expect(JSON.parse(text.split("\n")[0]!)).toMatchObject({
      ...{ modelId: "gpt2-small", layer: "6-res-jb", typeName: "human" },
    });
  });

  test("of no format or SAE there is, is refused", async () => {
    expect((await exportAs(team.viewer, "?format=xlsx")).status).toBe(422);
    const { cookie } = team.viewer;
    const none = await fetchRoute("GET", "/saes/none/export", {
      headers: { cookie },
    });
    expect(none.status).toBe(404);
  });
});

test("labels follow their SAE to a new index under another name", async () => {
  const labelled = async (sae: string) => {
    const { body } = await team.viewer.call(
      "GET",
      `/saes/${sae}/features/7/labels`,
    );
    return (body as { labels: { text: string }[] }).labels.map((l) => l.text);
  };
  const before = await labelled(FIXTURE_SAE_ID);
  expect(before).toContain("whales");
  buildFixtureIndex(join(folder, "index", "renamed.sqlite"), {
    saeId: "renamed",
    saeHash: readerOf(FIXTURE_SAE_ID).manifest.saeHash,
  });
  expect(await labelled("renamed")).toEqual(before);
  // Other weights have no labels, whatever they are called.
  buildFixtureIndex(join(folder, "index", "retrained.sqlite"), {
    saeId: "retrained",
    saeHash: "e".repeat(64),
  });
  expect(await labelled("retrained")).toEqual([]);
});
