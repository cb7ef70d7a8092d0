import { AppError, systemErrorCode } from "#lib/errors";

/**
 * Runs `open`; what SQLite says about the file becomes one sentence.
 *
 * @param cure what a person should do about a damaged file, a sentence.
 * @throws AppError "unavailable"
 */
export function explainOpening<T>(
  file: string,
  cure: string,
  open: () => T,
): T {
  try {
    return open();
  } catch (error) {
    const code = systemErrorCode(error) ?? "";
    if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) {
      throw new AppError("unavailable", `${file} is damaged. ${cure}`, {
        cause: error,
      });
    }
    if (/^SQLITE_(CANTOPEN|READONLY|PERM|AUTH|IOERR)/.test(code)) {
      throw new AppError(
        "unavailable",
        `${file} cannot be opened; check that this user may read and write it and its folder.`,
        { cause: error },
      );
    }
    throw error;
  }
}
