/**
 * The list with what is at `from` put before what is at `to`; the list's length
 * means the end. Places that are none leave it as it is.
 */
export function movedTo<T>(list: readonly T[], from: number, to: number): T[] {
  if (from < 0 || from >= list.length || to < 0 || to > list.length) {
    return [...list];
  }
  const rest = list.toSpliced(from, 1);
  return rest.toSpliced(to > from ? to - 1 : to, 0, list[from]!);
}
