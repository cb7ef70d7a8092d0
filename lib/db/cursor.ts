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
  const parsed = parse(cursor);
  if (Array.isArray(parsed) && parsed.length === 3 && parsed[0] === order) {
    const [, value, feature] = parsed as unknown[];
    if (typeof value === "number" && Number.isSafeInteger(feature)) {
      return { value, feature: feature as number };
    }
  }
  throw strange();
}

/** Where a page of a list in the order of two texts ended. */
export type TextKeyset = readonly [string, string];

export function encodeTextCursor(order: string, keyset: TextKeyset): string {
  return Buffer.from(JSON.stringify([order, ...keyset])).toString("base64url");
}

/** @throws AppError "bad_request" as `decodeCursor` does. */
export function decodeTextCursor(order: string, cursor: string): TextKeyset {
  const parsed = parse(cursor);
  if (Array.isArray(parsed) && parsed.length === 3 && parsed[0] === order) {
    const [, first, second] = parsed as unknown[];
    if (typeof first === "string" && typeof second === "string") {
      return [first, second];
    }
  }
  throw strange();
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}

function strange(): AppError {
  return new AppError(
    "bad_request",
    "The page cursor does not belong to this list; go back to its first page.",
  );
}
