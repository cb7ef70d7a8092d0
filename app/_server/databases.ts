import {
  indexReader,
  labelDatabase,
  limitDatabase,
  type IndexReader,
  type LabelDatabase,
} from "#lib/db/index";
import { settings } from "#lib/config";
import { AppError } from "#lib/errors";
import type { Place } from "#lib/labels/index";
import {
  createAuth,
  Limits,
  serverSecret,
  type Auth,
  type LogInDesk,
} from "#lib/people/index";
import { indexFile, labelFile, limitFile, secretFile } from "./paths";

/** The index of an SAE. @throws AppError "not_found" or "unavailable". */
export function readerOf(saeId: string): IndexReader {
  return indexReader(indexFile(saeId), labelFile());
}

export function labels(): LabelDatabase {
  return labelDatabase(labelFile());
}

/**
 * What labels of a feature hang on.
 *
 * @throws AppError "not_found" when there is no such SAE or feature.
 */
export function placeOf(saeId: string, feature: number): Place {
  const reader = readerOf(saeId);
  assertFeature(reader, feature);
  return { saeHash: reader.manifest.saeHash, feature };
}

/** How often what may be tried; see lib/people/limits. */
export function limits(): Limits {
  return new Limits(limitDatabase(limitFile()));
}

const auths = new WeakMap<LabelDatabase, Auth>();

/** Where people log in. The database may be opened anew; see `labels`. */
export function logInDesk(): LogInDesk {
  const db = labels();
  let auth = auths.get(db);
  if (auth === undefined) {
    const { authSecret, publicUrl } = settings();
    auth = createAuth(db, {
      secret: authSecret ?? serverSecret(secretFile()),
      secureCookies: publicUrl?.startsWith("https:") ?? false,
    });
    auths.set(db, auth);
  }
  return { db, now: () => new Date(), auth };
}

/** @throws AppError "not_found" when the SAE has no such feature. */
export function assertFeature(reader: IndexReader, index: number): void {
  const { dSae } = reader.manifest;
  if (Number.isInteger(index) && index >= 0 && index < dSae) return;
  throw new AppError(
    "not_found",
    `There is no feature ${index}; this SAE's features are 0 to ${dSae - 1}.`,
  );
}
