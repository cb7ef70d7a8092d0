import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { SweepDetail, SweepList } from "#lib/contract/index";
import { migrateLabels } from "#lib/db/index";
import { FIXTURE_SAE_ID } from "#test/db/fixture";
import { temporaryFolder } from "#test/db/temporary";
import { writeE2eData } from "#test/e2e-data";
import {
  failedCell,
  sweepCell,
  sweepReport,
  writeSweep,
} from "#test/sweep-report";
import { call, LOCAL } from "./call";

const folder = temporaryFolder();
const sweeps = join(folder, "sweeps");
const report = sweepReport([
  sweepCell({ saeId: FIXTURE_SAE_ID }),
  sweepCell({
    architecture: "batch_topk",
    hookName: "blocks.3.hook_resid_pre",
  }),
  failedCell(),
]);

function writeRaw(name: string, text: string): void {
  mkdirSync(join(sweeps, name), { recursive: true });
  writeFileSync(join(sweeps, name, "report.json"), text);
}

beforeEach(() => {
  vi.stubEnv("DATA_DIR", folder);
  migrateLabels(join(folder, "labels.sqlite"));
  rmSync(sweeps, { recursive: true, force: true });
});

describe("the list of sweeps", () => {
  test("is empty without a folder", async () => {
    expect(await call("GET", "/sweeps")).toEqual({
      status: 200,
      body: { sweeps: [], unreadable: [] },
    });
  });

  test("counts each sweep's SAEs, the newest first", async () => {
    writeSweep(folder, {
      ...report,
      name: "a-older",
      createdAt: "2026-11-19T23:00:00.000Z",
    });
    writeSweep(folder, report);
    const { body } = await call("GET", "/sweeps");
    expect((body as SweepList).sweeps).toMatchObject([
      {
        name: "grid",
        done: 2,
        failed: 1,
        hookNames: ["blocks.2.hook_resid_post", "blocks.3.hook_resid_pre"],
        architectures: ["topk", "batch_topk", "jumprelu"],
      },
      { name: "a-older" },
    ]);
  });

  test("names what cannot be read and shows the rest", async () => {
    writeSweep(folder, report);
    writeRaw("broken", "{");
    mkdirSync(join(sweeps, "still-training"));
    writeFileSync(join(sweeps, "notes.txt"), "not a sweep");
    const { body } = await call("GET", "/sweeps");
    const { sweeps: read, unreadable } = body as SweepList;
    expect(read.map(({ name }) => name)).toEqual(["grid"]);
    expect(unreadable.map(({ name }) => name)).toEqual(["broken"]);
  });
});

describe("a sweep", () => {
  test("is its report, and says which SAEs have a page", async () => {
    writeE2eData(folder);
    writeSweep(folder, report);
    const { status, body } = await call("GET", "/sweeps/grid");
    expect(status).toBe(200);
    expect(body).toEqual({ ...report, indexed: [FIXTURE_SAE_ID] });
  });

  test("has its folder's name", async () => {
    writeRaw("copy", JSON.stringify(report));
    const { body } = await call("GET", "/sweeps/copy");
    expect((body as SweepDetail).name).toBe("copy");
  });

  test.each([
    ["no JSON", "{", /not JSON/],
    ["nothing", "", /not JSON/],
    ["null", "null", /expected object/],
    ["a wrong cell", JSON.stringify({ ...report, cells: [1] }), /"cells\.0"/],
  ])("whose report is %s is refused in words", async (_, text, message) => {
    vi.mocked(console.error).mockImplementation(() => undefined);
    writeRaw("broken", text);
    const { status, body } = await call("GET", "/sweeps/broken");
    expect(status).toBe(503);
    expect(body).toMatchObject({
      error: { code: "unavailable", message: expect.stringMatching(message) },
    });
    expect(console.error).toHaveBeenCalledOnce();
    vi.mocked(console.error).mockClear();
  });

  test("whose report is a folder is refused in words", async () => {
    vi.mocked(console.error).mockImplementation(() => undefined);
    mkdirSync(join(sweeps, "odd", "report.json"), { recursive: true });
    expect((await call("GET", "/sweeps/odd")).status).toBe(503);
    vi.mocked(console.error).mockClear();
  });

  test.each([
    "none",
    "..",
    ".hidden",
    "../sweeps/grid",
    "grid/../grid",
    "..\\grid",
    "grid\0",
    "/etc",
    "grid ",
    "%2e%2e",
    "g".repeat(152),
  ])("of the name %j is not found", async (name) => {
    writeSweep(folder, report);
    // As the web server hands a path segment over: decoded.
    const { GET } = await import("#app/api/sweeps/[sweep]/route");
    const headers = { host: "localhost:3000", ...LOCAL };
    const response = await GET(
      new Request("http://localhost:3000/api", { headers }),
      { params: Promise.resolve({ sweep: name }) },
    );
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      error: { code: "not_found" },
    });
  });
});
