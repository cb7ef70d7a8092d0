/**
 * One pass of the model: BOS, then the text's tokens `start` … `start + length
 * − 1`. It answers for the tokens `from` … `to − 1` only; those before `from`
 * are there as context.
 */
export interface Window {
  start: number;
  from: number;
  to: number;
}

export interface WindowCut {
  /** Text tokens each window reads; all read as many. */
  length: number;
  windows: Window[];
}

/**
 * How a text is cut into contexts of the SAE's size, BOS first, as it was
 * trained and indexed. Windows begin half a context apart, so that a token
 * after a cut still sees at least half a context of what precedes it; the last
 * one reaches back from the text's end (docs/method.md, Eq. 41).
 *
 * @param tokens tokens of the text, at least one.
 * @param contextSize tokens of a context, BOS included; at least two.
 */
export function cutWindows(tokens: number, contextSize: number): WindowCut {
  const room = contextSize - 1;
  const length = Math.min(tokens, room);
  const stride = Math.ceil(room / 2);
  const windows: Window[] = [];
  for (let to = 0; to < tokens;) {
    const start = Math.min(windows.length * stride, tokens - length);
    windows.push({ start, from: to, to: start + length });
    to = start + length;
  }
  return { length, windows };
}

/** The window that answers for a token. */
export function windowOf({ windows }: WindowCut, token: number): Window {
  const found = windows.find(({ to }) => token < to);
  if (found === undefined) throw new RangeError(`No token ${token}.`);
  return found;
}
