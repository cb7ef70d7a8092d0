import type { QuizRecord } from "#lib/db/index";

/** Twenty contexts that fire and 24 silent ones, each sequence its own. */
export function kept(firing = 20, silent = 24): QuizRecord {
  const reasons = ["token", "related", "other"] as const;
  return {
    firing: Array.from({ length: firing }, (_, i) => ({
      sequence: i,
      start: 16,
      group: Math.floor(i / 4),
      positions: Uint16Array.of(20),
      values: Float32Array.of(1 + i),
    })),
    silent: Array.from({ length: silent }, (_, i) => ({
      sequence: 100 + i,
      start: 32,
      reason: reasons[Math.floor(i / 8)]!,
    })),
  };
}
