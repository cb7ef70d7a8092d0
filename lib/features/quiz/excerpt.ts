/** Tokens that are known together to be silent, or not. */
export const BLOCK = 16;
/** Blocks of an excerpt; what is asked about is in the middle one. */
export const EXCERPT_BLOCKS = 3;
/** Tokens of a sequence that are looked at for silence, and no more. */
export const WINDOW = 128;

/** Tokens start … end − 1 of a sequence. */
export interface Excerpt {
  start: number;
  end: number;
}

/**
 * The excerpt round a token: the block it is in with one on either side, moved
 * inwards at the ends. It begins on a block for contexts that fire and for
 * silent ones alike, so that its place tells nothing.
 */
export function excerptAt(position: number, contextSize: number): Excerpt {
  const blocks = Math.ceil(contextSize / BLOCK);
  const last = Math.max(0, blocks - EXCERPT_BLOCKS);
  const block = Math.floor(position / BLOCK);
  const first = Math.min(Math.max(block - 1, 0), last);
  return {
    start: first * BLOCK,
    end: Math.min((first + EXCERPT_BLOCKS) * BLOCK, contextSize),
  };
}
