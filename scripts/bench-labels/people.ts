import { join } from "node:path";
import { settings } from "#lib/config";
import { labelDatabase } from "#lib/db/index";
import { AppError } from "#lib/errors";
import {
  addPerson,
  createApiToken,
  createAuth,
  hashPassword,
} from "#lib/people/index";
import { Client } from "./http";

const PASSWORD = "one of many simulated people";

/** One who has an account, and for every other one an API token. */
export interface Account {
  id: string;
  name: string;
  token: string | null;
}

/** Makes labellers in DATA_DIR, as the command line and pages make them. */
export async function makePeople(count: number): Promise<Account[]> {
  const db = labelDatabase(join(settings().dataDir, "labels.sqlite"));
  const desk = { db, now: () => new Date() };
  const secret = "x".repeat(32);
  const auth = createAuth(db, { secret, secureCookies: false });
  // One hash for all: it is slow on purpose.
  const passwordHash = await hashPassword(auth, PASSWORD, "");
  return Array.from({ length: count }, (_, i) => {
    const role = "labeller" as const;
    const person = { name: `Labeller ${i + 1}`, role, passwordHash };
    const { id, name } = addPerson(desk, person);
    if (i % 2 === 0) return { id, name, token: null };
    const { secret: token } = createApiToken(desk, {
      personId: id,
      name: "load",
      scopes: ["read", "label", "discuss"],
      days: 1,
    });
    return { id, name, token };
  });
}

/** By token, or by a log-in with a password whose cookie is kept. */
export async function connect(
  address: string,
  { name, token }: Account,
): Promise<Client> {
  if (token !== null) {
    return new Client(address, { authorization: `Bearer ${token}` });
  }
  const visitor = new Client(address, {});
  const json = { name, password: PASSWORD };
  const { status, cookies } = await visitor.send("POST", "/api/session", json);
  visitor.close();
  if (status === 200) return new Client(address, { cookie: cookies });
  throw new AppError("internal", `${name} could not log in: ${status}.`);
}
