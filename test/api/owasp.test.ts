import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { labelDatabase, limitDatabase } from "#lib/db/index";
import { temporaryFolder } from "#test/db/temporary";
import { call, fetchRoute } from "./call";
import { cookieOf, logInAs, makeTeam, PASSWORD, type Team } from "./team";

const folder = temporaryFolder();
let team: Team;
beforeAll(async () => {
  team = await makeTeam(folder);
});
beforeEach(() => {
  // Each test has all its tries.
  const limits = limitDatabase(join(folder, "limits.sqlite"));
  for (const name of ["adam", "lars", "nobody", "mallory"]) {
    limits.clear(`log-in name ${name}`);
  }
  limits.clear("log-in address 127.0.0.1");
});

const attempt = (name: string, password: string, headers = {}) =>
  fetchRoute("POST", "/session", { json: { name, password }, headers });

describe("brute force", () => {
  test("is slowed down by name, known or not, from any address", async () => {
    for (const name of ["Lars", "Nobody"]) {
      const statuses: number[] = [];
      for (let i = 0; i < 12; i++) {
        const { status } = await attempt(name, `wrong guess ${i}`, {
          "x-monolex-address": `10.0.0.${i}`,
        });
        statuses.push(status);
      }
      expect(statuses, name).toEqual([
        ...Array<number>(10).fill(401),
        429,
        429,
      ]);
    }
    // Not even the right password gets in meanwhile, and it says when.
    const locked = await attempt("LARS", PASSWORD);
    expect(locked.status).toBe(429);
    expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await locked.json()).toMatchObject({
      error: {
        code: "rate_limited",
        message: expect.stringMatching(/try again in \d+ seconds\.$/),
      },
    });
    // Who is logged in stays so.
    expect((await team.labeller.call("GET", "/saes")).status).toBe(200);
  });

  test("is slowed down by address, over all names", async () => {
    const headers = { "x-monolex-address": "10.9.9.9" };
    // Fifty tries cost a minute of hashing: these are only counted.
    const limits = limitDatabase(join(folder, "limits.sqlite"));
    const once = { burst: 50, everyMs: 10_000 };
    const now = Date.now();
    for (let i = 0; i < 48; i++) {
      limits.take("log-in address 10.9.9.9", once, now);
    }
    vi.useFakeTimers({ now, toFake: ["Date"] });
    const statuses: number[] = [];
    for (const name of ["guess1", "guess2", "guess3"]) {
      statuses.push((await attempt(name, "wrong guess", headers)).status);
    }
    vi.useRealTimers();
    expect(statuses).toEqual([401, 401, 429]);
    expect((await attempt("Adam", PASSWORD)).status).toBe(200);
    expect((await attempt("Adam", PASSWORD, headers)).status).toBe(429);
  });

  test("of the present password, by one who found a session, too", async () => {
    const who = await logInAs(team.other);
    const statuses = new Set<number>();
    for (let i = 0; i < 12; i++) {
      const json = { current: `guess number ${i}`, next: "mine from now on" };
      statuses.add((await who.call("PUT", "/me/password", { json })).status);
    }
    expect([...statuses]).toEqual([403, 429]);
  });

  test("log-ins that turn out well cost nothing", async () => {
    for (let i = 0; i < 12; i++) {
      expect((await attempt("Adam", PASSWORD)).status).toBe(200);
    }
  });

  test("learns nothing: unknown, disabled, without account, wrong are one answer", async () => {
    labelDatabase(join(folder, "labels.sqlite")).$client.exec(
      `INSERT INTO people (id, name, name_key, name_skeleton, role, created_at, updated_at, placeholder_at)
       VALUES ('p', 'Old', 'placeholder:Old', 'placeholder:Old', 'labeller', '', '', '')`,
    );
    const answers = new Set<string>();
    for (const name of [
      "Nobody",
      "Adam",
      "Old",
      "placeholder:Old",
      "nobody:",
    ]) {
      const answer = await attempt(name, "wrong guess");
      answers.add(`${answer.status} ${await answer.text()}`);
      expect(answer.headers.get("set-cookie")).toBe(null);
    }
    expect(answers.size).toBe(1);
  });
});

test("writing is limited per person, and says when to go on", async () => {
  const { labeller, viewer } = team;
  vi.useFakeTimers({ now: Date.now(), toFake: ["Date"] });
  const write = () =>
    labeller.call("PUT", "/me/name", { json: { name: "Lars" } });
  let written = 0;
  while ((await write()).status === 200) written++;
  expect(written).toBeGreaterThan(100);
  expect(await write()).toMatchObject({
    status: 429,
    body: { error: { details: { retryAfter: 1 } } },
  });
  expect((await labeller.call("GET", "/saes")).status).toBe(200);
  const other = await viewer.call("PUT", "/me/name", {
    json: { name: "Vera" },
  });
  expect(other.status).toBe(200);
  vi.setSystemTime(Date.now() + 1000);
  expect((await write()).status).toBe(200);
  vi.useRealTimers();
});

describe("a session", () => {
  test("cannot be fixed: a log-in makes a new one and ends the old", async () => {
    const mallory = await logInAs(team.admin);
    const response = await attempt("Adam", PASSWORD, {
      cookie: mallory.cookie,
    });
    expect(cookieOf(response)).not.toBe(mallory.cookie);
    expect((await mallory.call("GET", "/me/sessions")).status).toBe(401);
    // Nor can one that we never made be given.
    const invented = "monolex.session_token=abc.def";
    const answer = await attempt("Adam", PASSWORD, { cookie: invented });
    expect(answer.status).toBe(200);
    expect(cookieOf(answer)).not.toContain("abc");
  });

  test("needs the server's signature: the database alone opens nothing", async () => {
    const right = decodeURIComponent(/=([^;]+)/.exec(team.admin.cookie)![1]!);
    const own = right.split(".")[0]!;
    // Somebody else's.
    const token = labelDatabase(join(folder, "labels.sqlite"))
      .$client.prepare<[string], string>(
        "SELECT token FROM sessions WHERE token <> ? LIMIT 1",
      )
      .pluck()
      .get(own)!;
    for (const value of [
      own,
      token,
      `${token}.`,
      `${token}.${"A".repeat(43)}=`,
      `${token}.${right.split(".")[1]!}`,
      right.replace(/\.(.)/, (_, c) => (c === "a" ? ".b" : ".a")),
      right.replace(/^./, (c) => (c === "a" ? "b" : "a")),
      "%",
    ]) {
      const cookie = `monolex.session_token=${encodeURIComponent(value)}`;
      const { status } = await call("GET", "/me/sessions", {
        headers: { cookie: value === "%" ? "monolex.session_token=%" : cookie },
      });
      expect(status, value).toBe(401);
    }
  });

  test("ends after its time, used or not", async () => {
    vi.useFakeTimers({ now: Date.now(), toFake: ["Date"] });
    const who = await logInAs(team.maintainer);
    const day = 86_400_000;
    vi.setSystemTime(Date.now() + 2 * day);
    expect((await who.call("GET", "/me/sessions")).status).toBe(401);
    vi.useRealTimers();
    const json = { name: "Mona", password: PASSWORD, remember: true };
    vi.useFakeTimers({ now: Date.now(), toFake: ["Date"] });
    const kept = cookieOf(await fetchRoute("POST", "/session", { json }));
    const headers = { cookie: kept };
    vi.setSystemTime(Date.now() + 29 * day);
    expect((await call("GET", "/me/sessions", { headers })).status).toBe(200);
    vi.setSystemTime(Date.now() + 2 * day);
    expect((await call("GET", "/me/sessions", { headers })).status).toBe(401);
    vi.useRealTimers();
  });

  test("has a cookie that scripts and other sites do not get", async () => {
    const plain = (await attempt("Adam", PASSWORD)).headers.getSetCookie();
    for (const cookie of plain) {
      expect(cookie).toMatch(/; HttpOnly/i);
      expect(cookie).toMatch(/; SameSite=Lax/i);
      expect(cookie).not.toMatch(/; Domain=/i);
    }
  });
});

describe("another site", () => {
  const json = { name: "Vera" };
  test.each([
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://localhost:4000" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ])("cannot write with a visitor's cookie: %j", async (headers) => {
    const as = { ...headers } as Record<string, string>;
    const { viewer } = team;
    for (const answer of [
      await viewer.call("PUT", "/me/name", { json, headers: as }),
      await viewer.call("DELETE", "/me/sessions", { headers: as }),
      await viewer.call("DELETE", "/session", { headers: as }),
      // Nor log somebody in as somebody else.
      await call("POST", "/session", {
        json: { name: "Adam", password: PASSWORD },
        headers: as,
      }),
    ]) {
      expect(answer).toMatchObject({ status: 403 });
    }
    expect((await viewer.call("GET", "/me/sessions")).status).toBe(200);
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", ""])(
    "cannot post a form as %j",
    async (type) => {
      const answer = await team.viewer.call("PUT", "/me/name", {
        json,
        headers: { "content-type": type },
      });
      expect(answer.status).toBe(415);
    },
  );

  test("whose name we have is ourselves, behind a proxy too", async () => {
    vi.stubEnv("PUBLIC_URL", "https://monolex.example");
    const answer = await team.viewer.call("PUT", "/me/name", {
      json,
      headers: { origin: "https://monolex.example" },
    });
    expect(answer.status).toBe(200);
    vi.stubEnv("PUBLIC_URL", undefined);
  });
});

describe("what others own", () => {
  test("is not found: sessions and tokens by their number", async () => {
    const { admin, labeller, other } = team;
    const made = await other.call("POST", "/me/tokens", {
      json: { name: "theirs", scopes: ["read"] },
    });
    const { token, secret } = made.body as {
      token: { id: string };
      secret: string;
    };
    const theirs = labelDatabase(join(folder, "labels.sqlite"))
      .$client.prepare<[string], string>(
        "SELECT id FROM sessions WHERE person_id = ?",
      )
      .pluck()
      .all(other.id);
    for (const who of [admin, labeller]) {
      for (const path of [
        `/me/tokens/${token.id}`,
        ...theirs.map((id) => `/me/sessions/${id}`),
      ]) {
        expect((await who.call("DELETE", path)).status).toBe(404);
      }
      for (const list of ["/me/tokens", "/me/sessions"]) {
        const { body } = await who.call("GET", list);
        expect(JSON.stringify(body)).not.toContain(token.id);
      }
    }
    const headers = { authorization: `Bearer ${secret}` };
    expect((await call("GET", "/saes", { headers })).status).toBe(200);
  });

  test("cannot be had by asking for more than one may", async () => {
    const { labeller } = team;
    for (const [method, path, json] of [
      ["PUT", `/people/${labeller.id}`, { role: "admin" }],
      ["PUT", `/people/${team.admin.id}`, { disabled: true }],
      ["POST", "/invitations", { role: "admin" }],
      ["POST", "/invitations", { personId: team.admin.id }],
      ["GET", "/people", undefined],
      ["GET", "/invitations", undefined],
    ] as const) {
      const init = json === undefined ? {} : { json };
      const { status } = await labeller.call(method, path, init);
      expect(status, path).toBe(403);
    }
    // Fields that are not ours to give are refused, not ignored.
    const rename = await labeller.call("PUT", "/me/name", {
      json: { name: "Lars", role: "admin" },
    });
    expect(rename.status).toBe(422);
  });
});

const HOSTILE = [
  "'",
  "' OR '1'='1",
  "'; DROP TABLE people; --",
  '" OR ""="',
  "%",
  "_",
  "\\",
  "\u0000",
  "${7*7}",
  "../../etc/passwd",
  "<script>alert(1)</script>",
  "\u202eadmin",
  "a".repeat(201),
  "a".repeat(60_000),
];

test.each(HOSTILE.map((text) => ({ text, shown: text.slice(0, 40) })))(
  "hostile text does no harm: $shown",
  async ({ text }) => {
    const { admin, labeller } = team;
    const logIn = await attempt(text, text);
    expect([401, 413, 422]).toContain(logIn.status);
    const rename = await labeller.call("PUT", "/me/name", {
      json: { name: text },
    });
    expect(rename.status).toBe(422);
    const escaped = encodeURIComponent(text);
    for (const path of [
      `/people?cursor=${escaped}`,
      `/people?kind=${escaped}`,
      `/invitations?cursor=${escaped}`,
    ]) {
      const { status } = await admin.call("GET", path);
      expect([400, 422], path.slice(0, 80)).toContain(status);
    }
    for (const [method, path] of [
      ["DELETE", `/invitations/${escaped}`],
      ["DELETE", `/me/tokens/${escaped}`],
      ["DELETE", `/me/sessions/${escaped}`],
    ] as const) {
      const { status } = await admin.call(method, path);
      expect([404, 422], path.slice(0, 80)).toContain(status);
    }
    const invite = await call("GET", `/invite/${escaped}`);
    expect([404, 422]).toContain(invite.status);
    expect((await admin.call("GET", "/people")).status).toBe(200);
  },
);

test("more than 64 kB is not even read", async () => {
  const answer = await attempt("Adam", "x".repeat(70_000));
  expect(answer.status).toBe(413);
});

test("what is not JSON, or not an object, is refused in words", async () => {
  for (const [body, status] of [
    ["{", 400],
    ["null", 422],
    ["[]", 422],
    ['"x"', 422],
    ['{"name":{"$gt":""},"password":["x"]}', 422],
    ['{"name":"Adam","password":"x","__proto__":{"role":"admin"}}', 422],
  ] as const) {
    const answer = await call("POST", "/session", { body });
    expect(answer.status, body).toBe(status);
  }
});
