import { AppError } from "#lib/errors";

/** Where a page ended: the last row's sort value and feature number. */
export interface Keyset {
  value: number;
  feature: number;
}

/** The keyset and the order it belongs to, as opaque base64url text. */
export function encodeCursor(
  order: string,
  { value, feature }: Keyset,
): string {
  return Buffer.from(JSON.stringify([order, value, feature])).toString(
    "base64url",
  );
}

/**
 * @param order the order of the list that is asked for.
 * @throws AppError "bad_request" when the text is no cursor of such a list.
 */
export function decodeCursor(order: string, cursor: string): Keyset {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    parsed = undefined;
  }
  if (Array.isArray(parsed) && parsed.length === 3 && parsed[0] === order) {
    const [, value, feature] = parsed as unknown[];
    if (typeof value === "number" && Number.isSafeInteger(feature)) {
      return { value, feature: feature as number };
    }
  }
  throw new AppError(
    "bad_request",
    "The page cursor does not belong to this list; go back to its first page.",
  );
}
