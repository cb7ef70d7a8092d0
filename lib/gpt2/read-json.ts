import { readFile } from "node:fs/promises";
import { AppError, systemErrorCode } from "#lib/errors";

/** @throws AppError when the file is missing or not JSON. */
export async function readJson(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (systemErrorCode(error) !== "ENOENT") throw error;
    throw new AppError(
      "not_found",
      `There is no model here: ${file} is missing.`,
      {
        cause: error,
      },
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("invalid", `${file} is not valid JSON.`, {
      cause: error,
    });
  }
}
