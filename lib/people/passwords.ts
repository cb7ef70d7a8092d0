import { AppError } from "#lib/errors";
import { nameKey } from "./names";

export const MIN_PASSWORD = 10;
export const MAX_PASSWORD = 200;

/** Those of ten characters and more that guessers try first. */
const COMMON = new Set(
  "1234567890 12345678910 0123456789 0987654321 1q2w3e4r5t 1qaz2wsx3edc qwertyuiop qwertzuiop azertyuiop asdfghjkl1 password12 password123 password1234 passw0rd123 letmein1234 welcome123 welcome1234 iloveyou123 changeme123 administrator monolex123 monolexmonolex basketball michelle123 football123 sunshine123 princess123 trustno1trustno1 correcthorsebatterystaple".split(
    " ",
  ),
);

/**
 * Long is what counts: no rules about signs and digits.
 *
 * @throws AppError "invalid", saying what is wrong with the password.
 */
export function checkPassword(password: string, name: string): void {
  if ([...password].length < MIN_PASSWORD) {
    throw invalid(
      `The password is too short: take at least ${MIN_PASSWORD} characters; several words are good.`,
    );
  }
  if (password.length > MAX_PASSWORD) {
    throw invalid(`The password is longer than ${MAX_PASSWORD} characters.`);
  }
  const plain = password.toLowerCase().replace(/\s/g, "");
  const bareName = nameKey(name).replace(/\s/g, "");
  const rest = bareName === "" ? plain : plain.replaceAll(bareName, "");
  if (
    COMMON.has(plain) ||
    new Set(plain).size < 4 ||
    // The name with a few signs round it.
    (rest !== plain && rest.length < 4)
  ) {
    throw invalid(
      "This password is among the first that are guessed; take another, such as several words.",
    );
  }
}

function invalid(message: string): AppError {
  return new AppError("invalid", message);
}
