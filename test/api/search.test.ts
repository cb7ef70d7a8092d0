import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type {
  EverywherePage,
  FeaturePage,
  OwnTextResponse,
  SearchGroup,
  SearchPage,
} from "#lib/contract/index";
import { buildFixtureIndex } from "#test/db/fixture";
import { temporaryFolder } from "#test/db/temporary";
import { call } from "./call";
import { writeSmallSae } from "./small-sae";

const folder = temporaryFolder();
const sae = "/saes/small";

beforeAll(async () => {
  await writeSmallSae(folder);
  buildFixtureIndex(join(folder, "index/other.sqlite"), {
    saeId: "other",
    seed: 2,
    dSae: 60,
  });
  for (const text of ["snow and ice", "the whale"]) {
    const { status } = await call("POST", `${sae}/features/7/labels`, {
      json: { text },
    });
    expect(status).toBe(201);
  }
});

const ask = async (path: string, q: string, more = "") => {
  const answer = await call("GET", `${path}?q=${encodeURIComponent(q)}${more}`);
  expect(answer).toMatchObject({ status: 200 });
  return answer.body;
};
const search = async (q: string, more = "") =>
  (await ask(`${sae}/search`, q, more)) as SearchPage;
const only = async (q: string, more = "") => {
  const { groups } = await search(q, more);
  expect(groups).toHaveLength(1);
  return groups[0]!;
};
const numbers = (group: SearchGroup) =>
  group.results.map(({ feature }) => feature.index);

test("bare words are looked for in every place, each with its count", async () => {
  const { groups, ownText } = await search("snow");
  expect(groups.map((g) => g.in)).toEqual([
    "label",
    "about",
    "near",
    "token",
    "promotes",
  ]);
  expect(ownText).toBeNull();
  for (const group of groups) {
    expect(group.results).toHaveLength(Math.min(5, group.total));
    const alone = await only(group.q);
    expect(alone.total).toBe(group.total);
    expect(numbers(alone).slice(0, 5)).toEqual(numbers(group));
    expect(numbers(await only("snow", `&in=${group.in}`))).toEqual(
      numbers(alone),
    );
  }
  const [label, about, near] = groups;
  expect(label!.results[0]).toMatchObject({
    feature: { index: 7 },
    hits: [
      { kind: "label", snippet: [{ text: "snow", hit: true }, { hit: false }] },
    ],
  });
  // Those with the word itself are in the group before.
  expect(about).toMatchObject({ q: "about:snow -label:snow", total: 0 });
  for (const { hits } of near!.results) {
    const [hit] = hits;
    if (hit?.kind !== "near") throw new Error("not found in a context");
    expect(hit.snippet.some((s) => s.hit && /^snow$/i.test(s.text))).toBe(true);
    expect(hit.snippet.filter((s) => s.peak === true).length).toBeGreaterThan(
      0,
    );
  }
});

test("labels are found by what they mean, in a group of their own", async () => {
  const { groups } = await search("precipitation");
  expect(groups[0]).toMatchObject({ in: "label", total: 0 });
  expect(groups[1]).toMatchObject({
    in: "about",
    q: "about:precipitation -label:precipitation",
    total: 1,
    results: [
      {
        feature: { index: 7 },
        hits: [
          {
            kind: "label",
            snippet: [{ text: "snow", hit: true }, { hit: false }],
          },
        ],
      },
    ],
  });
});

test("a phrase that is no token is not looked for among tokens", async () => {
  const { groups } = await search('"the old"');
  expect(groups.map((g) => g.in)).toEqual(["label", "about", "near"]);
  const refused = await call("GET", `${sae}/search?q=%22the%20old%22&in=token`);
  expect(refused).toMatchObject({
    status: 422,
    body: {
      error: {
        message: expect.stringContaining("is 2 tokens") as string,
        details: { problems: [{ start: 0, end: 9 }] },
      },
    },
  });
});

test("exact tokens are marked where they stand", async () => {
  const group = await only('fires:" the old"');
  expect(group.in).toBe("filter");
  expect(group.total).toBeGreaterThan(0);
  for (const { hits } of group.results) {
    const [hit] = hits;
    if (hit?.kind !== "fires") throw new Error("not found by tokens");
    const marked = hit.snippet.filter((s) => s.hit).map((s) => s.text);
    expect(marked.join("")).toContain(" the old");
    expect(hit.snippet.some((s) => s.hit && s.peak)).toBe(true);
  }
});

test("pages put together are all that match, once each", async () => {
  const seen: number[] = [];
  let cursor = "";
  let total = 0;
  do {
    const more = `&in=near&limit=20${cursor && `&cursor=${cursor}`}`;
    const group = await only("the", more);
    seen.push(...numbers(group));
    cursor = group.nextCursor ?? "";
    total = group.total;
  } while (cursor !== "");
  expect(total).toBeGreaterThan(40);
  expect(seen).toHaveLength(total);
  expect(new Set(seen).size).toBe(total);
});

test("the search and the table mean the same by a query", async () => {
  for (const q of ["the density:<5% sort:max", "token:the -label", "is:dead"]) {
    const group = await only(q, "&in=near&limit=50");
    const table = (await ask(`${sae}/features`, q)) as FeaturePage;
    expect(table.features.map((f) => f.index)).toEqual(numbers(group));
    expect(table.total).toBe(group.total);
  }
});

test("a number finds the feature and those like it", async () => {
  for (const q of ["#7", "7"]) {
    const { groups } = await search(q);
    const named = groups.find((g) => g.in === "feature")!;
    expect(groups[0]).toBe(named);
    expect(numbers(named)).toEqual([7]);
    const like = groups.find((g) => g.in === "like")!;
    expect(like.q).toBe("like:7");
    expect(like.results[0]!.hits[0]).toMatchObject({ cosine: 0.9 });
  }
  // A dead one is found as well.
  expect(numbers((await search("#25")).groups[0]!)).toEqual([25]);
});

test("a text of one's own ranks the features that fire on it", async () => {
  const text = "The whale sank.";
  const { body } = await call("POST", `${sae}/own-text`, {
    json: { text, perToken: 64 },
  });
  const lens = body as OwnTextResponse;
  const live = lens.features.filter(({ row }) => row.firingCount > 0);
  const { groups, ownText } = await search(`text:"${text}"`, "&limit=100");
  expect(ownText!.tokens.map((t) => t.text).join("")).toBe(text);
  const [group] = groups;
  expect(numbers(group!)).toEqual(live.map(({ row }) => row.index));
  expect(group!.results[0]!.hits[0]).toMatchObject({
    kind: "text",
    at: live[0]!.maxToken,
    tokensFired: live[0]!.tokensFired,
  });

  // On the second token alone, and over two.
  const on = await only(`text:"${text}" on:2 is:any`, "&limit=100");
  expect(numbers(on)).toEqual(lens.perToken[1]!.map((f) => f.feature));
  const sum = new Map<number, number>();
  for (const { feature, value } of lens.perToken.slice(0, 2).flat()) {
    sum.set(feature, (sum.get(feature) ?? 0) + value);
  }
  const both = await only(`text:"${text}" on:1,2 is:any`, "&limit=100");
  const sums = both.results.map(({ hits: [hit] }) =>
    hit?.kind === "text" ? hit.sum : 0,
  );
  expect(sums).toEqual([...sums].sort((a, b) => b - a));
  both.results.forEach(({ feature }, i) => {
    expect(sums[i]).toBeCloseTo(sum.get(feature.index)!, 5);
  });

  const rare = await only(`text:"${text}" sort:rarity`, "&limit=100");
  const rarity = new Map(lens.features.map((f) => [f.row.index, f.rarity]));
  const order = numbers(rare).map((index) => rarity.get(index)!);
  expect(order).toEqual([...order].sort((a, b) => b - a));

  // The same by the tab: bare words as a text.
  const typed = await search("whale", "&in=text");
  expect(typed.groups[0]).toMatchObject({ in: "text", q: 'text:"whale"' });
  expect(typed.ownText!.tokens.map((t) => t.text).join("")).toBe("whale");
});

test.each([
  ["text:a on:9", 7, /There is no token 9/],
  ["king like:900", 5, /features are 0 to 199/],
  ["source:nowhere", 0, /the text came from/],
  ["a #900", 2, /features are 0 to 199/],
  ['fires:"a b c d e f g h i"', 0, /at most 8/],
  ["lable:x", 0, /label:/],
])("%s is refused at its place", async (q, start, message) => {
  const path = `${sae}/search?q=${encodeURIComponent(q)}`;
  const { status, body } = await call("GET", path);
  expect(status).toBe(422);
  const { error } = body as {
    error: { message: string; details?: { problems?: { start: number }[] } };
  };
  expect(error.message).toMatch(message);
  expect(error.details?.problems?.[0]?.start).toBe(start);
});

test("a search in all SAEs tells them apart, a page after another", async () => {
  const page = (await ask("/search", "snow", "&limit=2")) as EverywherePage;
  expect(page.saes.map((s) => s.sae.id)).toEqual(["other", "small"]);
  expect(page.nextCursor).toBe("small");
  const small = page.saes[1]!;
  expect(small.groups[0]).toMatchObject({ in: "label", total: 1 });
  for (const { results } of small.groups) {
    expect(results.length).toBeLessThanOrEqual(3);
  }
  const rest = (await ask(
    "/search",
    "snow",
    "&cursor=small",
  )) as EverywherePage;
  expect(rest.saes.map((s) => s.sae.id)).toEqual(["stale"]);

  const numbered = (await ask("/search", "#100")) as EverywherePage;
  expect(numbered.saes[0]).toMatchObject({
    groups: [],
    note: expect.stringContaining("0 to 59") as string,
  });
  const run = await call("GET", "/search?q=text:a");
  expect(run).toMatchObject({ status: 422 });
});
