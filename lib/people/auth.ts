import { betterAuth } from "better-auth/minimal";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { username } from "better-auth/plugins/username";
import {
  credentials,
  newId,
  people,
  sessions,
  type LabelDatabase,
} from "#lib/db/index";
import { MAX_PASSWORD, MIN_PASSWORD } from "./passwords";

/** A session ends this long after the log-in, used or not. */
const SESSION_SECONDS = 30 * 24 * 3600;

export interface AuthOptions {
  /** What cookies are signed with. */
  secret: string;
  /** Cookies go over https only. */
  secureCookies: boolean;
}

/**
 * The authentication library on the label database: it checks passwords
 * (scrypt), makes and ends sessions, and signs their cookies. Its own HTTP
 * endpoints are not served; ours call it (`auth.api`).
 */
export function createAuth(
  db: LabelDatabase,
  { secret, secureCookies }: AuthOptions,
) {
  return betterAuth({
    appName: "Monolex",
    database: drizzleAdapter(db, {
      provider: "sqlite",
      schema: { user: people, session: sessions, account: credentials },
    }),
    secret,
    // Never shown: no link is sent, and no endpoint served.
    baseURL: "http://monolex.invalid",
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD,
      maxPasswordLength: MAX_PASSWORD,
    },
    session: {
      expiresIn: SESSION_SECONDS,
      disableSessionRefresh: true,
      freshAge: 0,
    },
    // One process knows nothing of another's; see lib/db/limit-database.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: "monolex",
      ipAddress: { ipAddressHeaders: ["x-monolex-address"] },
      useSecureCookies: secureCookies,
      // Lax, or a link in a mail would open Monolex logged out.
      defaultCookieAttributes: { sameSite: "lax", httpOnly: true },
      database: {
        generateId: newId,
        // No e-mail, no other providers: their columns are left out.
        validateSchema: false,
      },
    },
    plugins: [
      username({
        displayUsername: false,
        // Names are checked, and made into keys, before they come here.
        usernameNormalization: false,
        usernameValidator: () => true,
        minUsernameLength: 1,
        maxUsernameLength: 1000,
        schema: { user: { fields: { username: "nameKey" } } },
      }),
    ],
  });
}

export type Auth = ReturnType<typeof createAuth>;
