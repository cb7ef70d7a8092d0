import type { Example, Token } from "#lib/contract/index";

/** The tokens of a context, each in one piece. */
export function exampleTokens({
  tokens,
  tokenIds,
}: Pick<Example, "tokens" | "tokenIds">): Token[] {
  return tokens.map((text, i) => ({ id: tokenIds[i]!, text }));
}
