/**
 * A feature that fires on more than this share of tokens is called dense: by
 * the evaluation of an SAE, and by the search. Open to all folders.
 */
export const DENSE_ABOVE = 0.1;
