/**
 * The index database: one file per SAE, written once by `IndexWriter`, then
 * only read. Rebuildable, so it has no migrations: a file of another version
 * is built again.
 *
 * Lists and searches (search/find.ts) are worked out in memory, on `columns`
 * and on postings, and then read their rows by number. A feature is live when
 * firing_count > 0, which is the same as mean_activation > 0 and
 * max_activation > 0.
 */
export const INDEX_SCHEMA_VERSION = 4;

/** PRAGMA application_id of an index database ("MnlX"). */
export const INDEX_APPLICATION_ID = 0x4d6e6c58;

/** examples.grp: 0 = top contexts, 1 … 5 = quantile groups, weakest first. */
export const TOP_GROUP = 0;

export const INDEX_TABLES = `
  CREATE TABLE manifest (json TEXT NOT NULL);

  -- What the SAE page shows of all features together, counted once.
  CREATE TABLE summary (json TEXT NOT NULL);

  CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    source TEXT NOT NULL
  );

  -- tokens: uint16, little endian.
  CREATE TABLE sequences (
    id INTEGER PRIMARY KEY,
    tokens BLOB NOT NULL
  );

  CREATE TABLE segments (
    sequence INTEGER NOT NULL,
    start INTEGER NOT NULL,
    document INTEGER NOT NULL,
    document_offset INTEGER NOT NULL,
    PRIMARY KEY (sequence, start)
  ) WITHOUT ROWID;

  -- Narrow, so that lists read few pages; everything else is in
  -- feature_details. top_tokens: uint16 ids, little endian.
  -- less_frequent: live features that fire less often; NULL when dead.
  -- skewness: of its activations; NULL when dead or always the same.
  CREATE TABLE features (
    feature INTEGER PRIMARY KEY,
    firing_count INTEGER NOT NULL,
    mean_activation REAL NOT NULL,
    max_activation REAL NOT NULL,
    less_frequent INTEGER,
    skewness REAL,
    top_tokens BLOB NOT NULL
  );

  CREATE TABLE feature_details (
    feature INTEGER PRIMARY KEY,
    json TEXT NOT NULL
  );

  -- A map of the features. positions: float32, x and y a feature, NaN when dead;
  -- sources: uint16 a feature, number of its source in the manifest.
  CREATE TABLE atlas (positions BLOB NOT NULL, sources BLOB NOT NULL);

  -- positions: uint16; activations: float32; little endian, same length.
  CREATE TABLE examples (
    feature INTEGER NOT NULL,
    grp INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    peak_position INTEGER NOT NULL,
    peak_value REAL NOT NULL,
    positions BLOB NOT NULL,
    activations BLOB NOT NULL,
    PRIMARY KEY (feature, grp, rank)
  ) WITHOUT ROWID;

  -- Firing tokens drawn uniformly, weakest first. sequences: uint32,
  -- positions: uint16, activations: float32; little endian, same length.
  CREATE TABLE samples (
    feature INTEGER PRIMARY KEY,
    sequences BLOB NOT NULL,
    positions BLOB NOT NULL,
    activations BLOB NOT NULL
  );

  -- Contexts for quizzes, which nothing else shows (quiz-contexts.ts). firing:
  -- for each its sequence, first token, quantile group, number of firings, and
  -- where those are; activations: theirs, float32; silent: for each its
  -- sequence, first token and why it is asked about. Numbers are uint32.
  CREATE TABLE quiz_contexts (
    feature INTEGER PRIMARY KEY,
    firing BLOB NOT NULL,
    activations BLOB NOT NULL,
    silent BLOB NOT NULL
  );

  -- Features with a token among those they fire on most, ascending, and how
  -- often they fire on it: uint32 each, little endian.
  CREATE TABLE token_firings (
    token INTEGER PRIMARY KEY,
    features BLOB NOT NULL,
    counts BLOB NOT NULL
  );

  -- Features with a token among those whose logits they raise or lower most:
  -- uint32; the effect on the logit: float32.
  CREATE TABLE token_logits (
    token INTEGER PRIMARY KEY,
    features BLOB NOT NULL,
    effects BLOB NOT NULL
  );

  -- A value a feature, little endian: uint32, then float64; skewness is NaN
  -- where it is NULL in features.
  CREATE TABLE columns (
    firing_counts BLOB NOT NULL,
    mean_activations BLOB NOT NULL,
    max_activations BLOB NOT NULL,
    skewnesses BLOB NOT NULL
  );

  -- Words in the text round the peaks of top examples (search/terms.ts), and
  -- how many features have each.
  CREATE TABLE words (
    word TEXT PRIMARY KEY,
    id INTEGER NOT NULL,
    features INTEGER NOT NULL
  ) WITHOUT ROWID;

  -- Which features have a word there, in which contexts and where in them
  -- (search/posting-cursor.ts).
  CREATE TABLE word_postings (
    word INTEGER NOT NULL,
    chunk INTEGER NOT NULL,
    postings BLOB NOT NULL,
    PRIMARY KEY (word, chunk)
  ) WITHOUT ROWID;

  -- The same of tokens closely round the peaks: 2 · token id, + 1 on the peak.
  CREATE TABLE token_postings (
    token INTEGER NOT NULL,
    chunk INTEGER NOT NULL,
    postings BLOB NOT NULL,
    PRIMARY KEY (token, chunk)
  ) WITHOUT ROWID;
`;

/** Built after the rows are in. */
export const INDEX_INDEXES = `
  CREATE INDEX features_firing
    ON features (firing_count, feature, mean_activation);
  CREATE INDEX features_live ON features (feature, firing_count)
    WHERE firing_count > 0;
  CREATE INDEX segments_document ON segments (document, document_offset);
`;
