/** Rows whose tops differ by less are one line. */
const SAME_LINE_PX = 4;

/**
 * Of elements that flow in lines: the one on the next (1) or previous (−1) line
 * that lies nearest below or above; the same one where there is no such line.
 */
export function lineStep(
  elements: ArrayLike<Element>,
  from: number,
  direction: 1 | -1,
): number {
  // A token that wraps is where it begins.
  const place = (i: number) => elements[i]!.getClientRects()[0];
  const start = place(from);
  if (start === undefined) return from;
  let best = from;
  let line: number | undefined;
  let nearest = Infinity;
  for (
    let i = from + direction;
    i >= 0 && i < elements.length;
    i += direction
  ) {
    const rect = place(i);
    if (rect === undefined) continue;
    if (Math.abs(rect.top - start.top) < SAME_LINE_PX) continue;
    line ??= rect.top;
    if (Math.abs(rect.top - line) >= SAME_LINE_PX) break;
    const distance = Math.abs(rect.left - start.left);
    if (distance < nearest) {
      nearest = distance;
      best = i;
    }
  }
  return best;
}
