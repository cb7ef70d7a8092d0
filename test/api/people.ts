import { labelDatabase } from "#lib/db/index";
import type { Actor, Role, Scope } from "#lib/policy";
import { join } from "node:path";
import { call, type Answer } from "./call";

/*
 * Who the requests of a test are by. The test file mocks `actorOf` of
 * app/_server/session by `currentActor`.
 */
let current: Actor = { id: "", name: "", role: "viewer", scopes: null };

export const currentActor = () => Promise.resolve(current);

/** A person of the label database who sends requests. */
export function personOf(
  dataDir: string,
  name: string,
  role: Role = "labeller",
  scopes: Scope[] | null = null,
) {
  const actor: Actor = { id: name.toLowerCase(), name, role, scopes };
  labelDatabase(join(dataDir, "labels.sqlite"))
    .$client.prepare(
      `INSERT OR IGNORE INTO people (id, name, name_key, name_skeleton, role,
         created_at, updated_at) VALUES (?, ?, ?, ?, ?, '2026', '2026')`,
    )
    .run(actor.id, name, actor.id, actor.id, role);
  /** The answer, whatever it is. */
  const ask = (
    method: string,
    path: string,
    json?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    current = actor;
    return call(method, path, {
      headers,
      ...(json === undefined ? {} : { json }),
    });
  };
  return {
    actor,
    ask,
    /** The body of a good answer. */
    async send<T>(
      method: string,
      path: string,
      json?: unknown,
      headers: Record<string, string> = {},
    ): Promise<T> {
      const { status, body } = await ask(method, path, json, headers);
      if (status < 300) return body as T;
      throw new Error(`${method} ${path}: ${JSON.stringify(body)}`);
    },
  };
}
