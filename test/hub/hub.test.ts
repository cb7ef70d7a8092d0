import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "#lib/errors";
import { Gpt2, resolveModel } from "#lib/gpt2/index";
import { weightShapes } from "#lib/gpt2/weights";
import { writeSafetensors } from "#lib/compute/index";
import { downloadFile, fetchDataset, hubSettings } from "#lib/hub/index";
import {
  TINY,
  TINY_JSON,
  tinyWeights,
  writeTinyModel,
} from "#test/gpt2/tiny-model";
import { startLocalHub, type LocalHub } from "./local-hub";

let folder: string;
let cache: string;
const hubs: LocalHub[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "monolex-hub-"));
  cache = join(folder, "cache");
});
afterEach(async () => {
  for (const hub of hubs.splice(0)) await hub.close();
  await rm(folder, { recursive: true });
});

async function start(
  ...args: Parameters<typeof startLocalHub> extends [string, ...infer R]
    ? R
    : never
) {
  const hub = await startLocalHub(cache, ...args);
  hubs.push(hub);
  return hub;
}

const large = Buffer.from(
  Array.from({ length: 50_000 }, (_, i) => (i * 7) % 251),
);
const small = Buffer.from('{"small": true}');

const get = (hub: LocalHub, repo: string, file: string, change = {}) =>
  downloadFile({
    repo,
    kind: "model",
    file,
    hub: { ...hub.settings, ...change },
  });

/** Everything under the cache that looks like a finished file. */
async function finished(): Promise<string[]> {
  const entries = await readdir(cache, { recursive: true }).catch(() => []);
  return entries.filter((e) => /snapshots\/[^/]+\/|blobs\/[^.]+$/.test(e));
}

describe("downloading from a hub", () => {
  it("fetches a large and a small file, and asks no more for what it has", async () => {
    const hub = await start({
      "org/m/large.bin": large,
      "org/m/small.json": small,
    });
    const path = await get(hub, "org/m", "large.bin");
    expect(await readFile(path)).toEqual(large);
    expect(path).toMatch(
      /models--org--m\/snapshots\/0123456789abcdef\w+\/large\.bin$/,
    );
    expect(await readFile(await get(hub, "org/m", "small.json"))).toEqual(
      small,
    );
    const before = hub.log.filter((line) => line.startsWith("GET")).length;
    await get(hub, "org/m", "large.bin");
    expect(hub.log.filter((line) => line.startsWith("GET"))).toHaveLength(
      before,
    );
  });

  it("goes on where a broken transfer stopped", async () => {
    const hub = await start(
      { "org/m/large.bin": large },
      { breakAfter: { file: "org/m/large.bin", bytes: 20_000 } },
    );
    expect(await readFile(await get(hub, "org/m", "large.bin"))).toEqual(large);
    const gets = hub.log.filter((line) => line.startsWith("GET"));
    expect(gets).toHaveLength(2);
    // Not from the start: some of the first transfer had arrived.
    expect(gets[1]).toMatch(/bytes=[1-9]\d*-$/);
  });

  it("goes on in the next run when all tries of this one broke", async () => {
    const hub = await start(
      { "org/m/large.bin": large },
      { breakAfter: { file: "org/m/large.bin", bytes: 20_000 } },
    );
    await expect(
      get(hub, "org/m", "large.bin", { retryMs: [] }),
    ).rejects.toThrow(/broke off 1 times; run the command again/);
    expect(await finished()).toEqual([]);
    expect(await readFile(await get(hub, "org/m", "large.bin"))).toEqual(large);
    expect(hub.log.at(-1)).toMatch(/bytes=[1-9]\d*-$/);
  });

  it.each(["large.bin", "small.json"])(
    "throws a damaged %s away and says so",
    async (file) => {
      const hub = await start(
        { "org/m/large.bin": large, "org/m/small.json": small },
        { corrupt: `org/m/${file}` },
      );
      await expect(get(hub, "org/m", file)).rejects.toThrow(/wrong checksum/);
      expect(await finished()).toEqual([]);
      const left = await readdir(cache, { recursive: true });
      expect(left.filter((e) => e.endsWith(".incomplete"))).toEqual([]);
    },
  );

  it("follows a renamed repository", async () => {
    const hub = await start({ "org/new-name/small.json": small });
    expect(await readFile(await get(hub, "old-name", "small.json"))).toEqual(
      small,
    );
  });

  it("gives its token to the hub and to nobody else", async () => {
    const hub = await start({ "org/m/large.bin": large });
    await get(hub, "org/m", "large.bin");
    expect(hub.tokens.hub).toEqual(["Bearer secret"]);
    expect(hub.tokens.cdn).toEqual([undefined]);
  });

  it("uses what is in the cache when offline, and says what is not", async () => {
    const hub = await start({ "org/m/small.json": small });
    await get(hub, "org/m", "small.json");
    const offline = { offline: true, endpoint: "http://127.0.0.1:9" };
    expect(
      await readFile(await get(hub, "org/m", "small.json", offline)),
    ).toEqual(small);
    await expect(get(hub, "org/m", "other.json", offline)).rejects.toThrow(
      /HF_HUB_OFFLINE/,
    );
    // The same without the setting, when nobody answers.
    const unreachable = { endpoint: "http://127.0.0.1:9" };
    expect(
      await readFile(await get(hub, "org/m", "small.json", unreachable)),
    ).toEqual(small);
    await expect(get(hub, "org/m", "other.json", unreachable)).rejects.toThrow(
      /cannot be reached to fetch org\/m\/other\.json/,
    );
  });

  it("reuses a cache that another program made", async () => {
    const snapshot = join(cache, "models--gpt2", "snapshots", "abc");
    await mkdir(snapshot, { recursive: true });
    await mkdir(join(cache, "models--gpt2", "refs"));
    await writeFile(join(cache, "models--gpt2", "refs", "main"), "abc");
    await writeFile(join(snapshot, "small.json"), small);
    const hub = await start({});
    expect(await get(hub, "gpt2", "small.json", { offline: true })).toBe(
      join(snapshot, "small.json"),
    );
  });

  it.each([
    ["org/m", "nothing.bin", "not_found"],
    ["org/m", "../../etc/passwd", "invalid"],
    ["../m", "small.json", "invalid"],
    ["org/m", "a//b", "invalid"],
  ])("refuses %s %s", async (repo, file, code) => {
    const hub = await start({ "org/m/small.json": small });
    const failure = get(hub, repo, file);
    await expect(failure).rejects.toBeInstanceOf(AppError);
    await expect(failure).rejects.toMatchObject({ code });
  });

  it.each(["../../escaped", "a/../../b", ""])(
    "refuses the revision %j",
    async (revision) => {
      const hub = await start({ "org/m/small.json": small });
      await expect(
        downloadFile({
          repo: "org/m",
          kind: "model",
          file: "small.json",
          revision,
          hub: hub.settings,
        }),
      ).rejects.toMatchObject({ code: "invalid" });
      expect(await readdir(folder)).toEqual([]);
    },
  );

  it("refuses a commit that would lead out of the cache", async () => {
    const hub = await start(
      { "org/m/small.json": small },
      { commit: "../../../../escaped" },
    );
    await expect(get(hub, "org/m", "small.json")).rejects.toThrow(
      /names a commit/,
    );
    expect(await finished()).toEqual([]);
  });

  it("takes up a change where the hub names no commit", async () => {
    const files = { "org/m/small.json": small };
    const hub = await start(files, { commit: null });
    await get(hub, "org/m", "small.json");
    files["org/m/small.json"] = Buffer.from("changed");
    expect(String(await readFile(await get(hub, "org/m", "small.json")))).toBe(
      "changed",
    );
  });

  it("reads its settings from the environment", () => {
    expect(
      hubSettings({
        HF_HOME: "/h",
        HF_ENDPOINT: "https://mirror.test/",
        HF_HUB_OFFLINE: "1",
      }),
    ).toMatchObject({
      cacheDir: "/h/hub",
      endpoint: "https://mirror.test",
      offline: true,
    });
    expect(hubSettings({ HF_HUB_CACHE: "/c" }).cacheDir).toBe("/c");
  });
});

describe("data sets of a hub", () => {
  it("come with their text files, folders kept", async () => {
    const hub = await start({
      "datasets/org/d/data/a.jsonl": Buffer.from('{"text":"one"}\n'),
      "datasets/org/d/b.txt": Buffer.from("two"),
      "datasets/org/d/README.md": small,
    });
    const path = await fetchDataset("org/d", { hub: hub.settings });
    expect((await readdir(path, { recursive: true })).sort()).toEqual([
      "b.txt",
      "data",
      "data/a.jsonl",
    ]);
    await expect(
      fetchDataset("org/none", { hub: hub.settings }),
    ).rejects.toThrow(AppError);
  });
});

describe("models of a hub", () => {
  const config = Buffer.from(JSON.stringify(TINY_JSON));

  it("are fetched and load, whole or in shards", async () => {
    const local = join(folder, "local");
    await writeTinyModel(local);
    const weights = tinyWeights();
    const shapes = weightShapes(TINY);
    const names = Object.keys(weights);
    const shards: Record<string, Buffer> = {};
    const weightMap: Record<string, string> = {};
    for (const [n, part] of [names.slice(0, 9), names.slice(9)].entries()) {
      const file = `model-${n + 1}.safetensors`;
      const path = join(folder, file);
      await writeSafetensors(
        path,
        Object.fromEntries(
          part.map((name) => [
            name,
            { data: weights[name]!, shape: shapes[name]! },
          ]),
        ),
      );
      shards[`org/sharded/${file}`] = await readFile(path);
      for (const name of part) weightMap[name] = file;
    }
    const hub = await start({
      "tiny/config.json": config,
      "tiny/model.safetensors": await readFile(
        join(local, "model.safetensors"),
      ),
      "org/sharded/config.json": config,
      "org/sharded/model.safetensors.index.json": Buffer.from(
        JSON.stringify({ weight_map: weightMap }),
      ),
      ...shards,
    });
    const outputs: number[][] = [];
    for (const name of ["tiny", "org/sharded"]) {
      const model = await Gpt2.load(
        await resolveModel(name, { hub: hub.settings }),
        { name },
      );
      outputs.push(
        Array.from(
          await model.residual([29, 1, 2], 1, "blocks.1.hook_resid_post"),
        ),
      );
      await model.dispose();
    }
    expect(outputs[0]).toEqual(outputs[1]);
  });

  it("in shards are found in the cache by one who is offline", async () => {
    const local = join(folder, "local");
    await writeTinyModel(local);
    const hub = await start({
      "org/s/config.json": config,
      "org/s/model.safetensors.index.json": Buffer.from(
        JSON.stringify({ weight_map: { "wte.weight": "one.safetensors" } }),
      ),
      "org/s/one.safetensors": await readFile(join(local, "model.safetensors")),
    });
    const path = await resolveModel("org/s", { hub: hub.settings });
    const offline = { ...hub.settings, offline: true };
    expect(await resolveModel("org/s", { hub: offline })).toBe(path);
  });

  it("that are nowhere are named in one sentence", async () => {
    const hub = await start({});
    await expect(resolveModel("gpt7", { hub: hub.settings })).rejects.toThrow(
      /"gpt7" is neither a folder nor a model in .* the hub has no config\.json in gpt7/i,
    );
    await expect(resolveModel("/no/such/folder")).rejects.toThrow(
      /neither a folder/,
    );
    await expect(
      resolveModel("gpt2", {
        hub: { ...hub.settings, endpoint: "http://127.0.0.1:9" },
      }),
    ).rejects.toThrow(/cannot be reached/);
  });

  it("that are shipped need no hub", async () => {
    expect(await resolveModel("mini-gpt2")).toMatch(/models\/mini-gpt2$/);
  });
});
