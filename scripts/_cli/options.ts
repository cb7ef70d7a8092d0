import { parseArgs } from "node:util";
import { AppError } from "#lib/errors";
import { nearest } from "#lib/nearest";

interface Described {
  /** What the option does, for --help. One line. */
  help: string;
}
export type Option = Described &
  (
    | { type: "string"; default?: string; placeholder?: string }
    | { type: "choice"; choices: readonly string[]; default?: string }
    | { type: "integer"; default?: number; min?: number; max?: number }
    | { type: "number"; default?: number; min?: number; max?: number }
    | { type: "boolean"; default?: boolean }
  );

/** Keys are camelCase; on the command line they are kebab-case flags. */
export type OptionTable = Record<string, Option>;

type Scalar<O extends Option> = O extends { type: "boolean" }
  ? boolean
  : O extends { type: "integer" | "number" }
    ? number
    : O extends { choices: readonly (infer C)[] }
      ? C
      : string;

/** An option without a default may be absent, except a switch (then false). */
export type OptionValues<T extends OptionTable> = {
  [K in keyof T]: T[K] extends
    { type: "boolean" } | { default: string | number }
    ? Scalar<T[K]>
    : Scalar<T[K]> | undefined;
};

/** `heldOutFraction` → `held-out-fraction` */
export function flagOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/**
 * Parses a command line by its table. A word that belongs to no flag is the
 * value of the option `positional`, where there is one; of several, the first
 * word of the first, and so on.
 *
 * @throws AppError("bad_request") in one sentence for an unknown flag (with
 * the nearest known one), a missing or ill-typed value, a stray argument.
 */
export function parseOptions<T extends OptionTable>(
  table: T,
  argv: readonly string[],
  positional: (keyof T & string) | readonly (keyof T & string)[] = [],
): OptionValues<T> {
  const waiting = [positional].flat();
  const names = new Map(Object.keys(table).map((n) => [flagOf(n), n]));
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      [...names].map(([flag, name]) => [
        flag,
        { type: table[name]!.type === "boolean" ? "boolean" : "string" },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });

  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(table)) {
    values[name] =
      option.default ?? (option.type === "boolean" ? false : undefined);
  }
  for (const token of tokens) {
    if (token.kind === "option-terminator") continue;
    if (token.kind === "positional") {
      const name = waiting.find((name) => values[name] === undefined);
      if (name === undefined) throw strayArgument(token.value);
      values[name] = parseValue(
        `--${flagOf(name)}`,
        table[name]!,
        token.value,
        true,
      );
      continue;
    }
    // `--no-name` switches a boolean off.
    const negated = token.name.startsWith("no-") && !names.has(token.name);
    const flag = negated ? token.name.slice(3) : token.name;
    const name = names.get(flag);
    const option = name === undefined ? undefined : table[name];
    if (
      name === undefined ||
      option === undefined ||
      (negated && option.type !== "boolean")
    ) {
      throw unknownFlag(token.rawName, table);
    }
    values[name] = parseValue(`--${token.name}`, option, token.value, !negated);
  }
  return values as OptionValues<T>;
}

function parseValue(
  flag: string,
  option: Option,
  text: string | undefined,
  on: boolean,
): string | number | boolean {
  if (option.type === "boolean") {
    if (text === undefined) return on;
    throw invalid(`${flag} is a switch and takes no value.`);
  }
  // `--model --json` would otherwise take "--json" for the model's name.
  if (text === undefined || text === "" || /^--[a-z]/.test(text)) {
    throw invalid(`${flag} needs a value: ${flag} ${placeholderOf(option)}.`);
  }
  switch (option.type) {
    case "string":
      return text;
    case "choice": {
      if (option.choices.includes(text)) return text;
      const known = option.choices.join(", ");
      throw invalid(`${flag} must be one of ${known}, not "${text}".`);
    }
    case "integer":
    case "number":
      return parseNumber(flag, option, text);
  }
}

function parseNumber(
  flag: string,
  option: Option & { type: "integer" | "number" },
  text: string,
): number {
  const { min = -Infinity, max = Infinity } = option;
  // "2_000_000" and "2e6" are how people write large counts.
  const plain = text.replace(/(?<=\d)_(?=\d)/g, "");
  const value = /^[-+.\d]/.test(plain) ? Number(plain) : NaN;
  const whole = option.type === "integer";
  if (
    Number.isFinite(value) &&
    value >= min &&
    value <= max &&
    (!whole || Number.isSafeInteger(value))
  ) {
    return value;
  }
  const kind = whole ? "a whole number" : "a number";
  const range =
    min > -Infinity && max < Infinity
      ? ` from ${String(min)} to ${String(max)}`
      : min > -Infinity
        ? ` of at least ${String(min)}`
        : max < Infinity
          ? ` of at most ${String(max)}`
          : "";
  throw invalid(`${flag} must be ${kind}${range}, not "${text}".`);
}

function unknownFlag(given: string, table: OptionTable): AppError {
  const known = Object.entries(table).flatMap(([name, { type }]) =>
    type === "boolean" ? [flagOf(name), `no-${flagOf(name)}`] : [flagOf(name)],
  );
  const close = nearest(given.replace(/^-+/, ""), known);
  return invalid(
    close === undefined
      ? `Unknown option ${given}; --help lists the options.`
      : `Unknown option ${given}; did you mean --${close}?`,
  );
}

function strayArgument(value: string): AppError {
  return invalid(
    `Unexpected argument "${value}"; options are given as --name value.`,
  );
}

function placeholderOf(option: Option): string {
  switch (option.type) {
    case "string":
      return `<${option.placeholder ?? "text"}>`;
    case "choice":
      return `<${option.choices.join("|")}>`;
    case "integer":
      return "<n>";
    case "number":
      return "<x>";
    case "boolean":
      return "";
  }
}

/** The options' part of --help: a flag, what it does and its default a line. */
export function describeOptions(table: OptionTable): string {
  const rows = Object.entries(table).map(([name, option]) => {
    // A switch that is on by default is shown as the flag that turns it off.
    const off = option.type === "boolean" && option.default === true;
    const flag = `--${off ? "no-" : ""}${flagOf(name)}`;
    const shownDefault =
      option.type === "boolean" || option.default === undefined
        ? ""
        : ` (default ${String(option.default)})`;
    return {
      left: `${flag} ${placeholderOf(option)}`.trimEnd(),
      right: option.help + shownDefault,
    };
  });
  const width = Math.min(32, Math.max(...rows.map((r) => r.left.length)));
  return rows
    .map(({ left, right }) =>
      left.length > width
        ? `  ${left}\n  ${" ".repeat(width)}  ${right}`
        : `  ${left.padEnd(width)}  ${right}`,
    )
    .join("\n");
}

function invalid(message: string): AppError {
  return new AppError("bad_request", message);
}
