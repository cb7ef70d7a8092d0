/**
 * The index database: one file per SAE, written once by `IndexWriter`, then
 * only read. Rebuildable, so it has no migrations: a file of another version
 * is built again.
 *
 * Orders and filters. density = firing_count / tokens, so an order by density
 * is an order by firing_count. A feature is live when firing_count > 0, which
 * is the same as mean_activation > 0 and max_activation > 0; "live" and "dead"
 * are therefore ranges of every one of these indexes, and need flags nowhere.
 */
export const INDEX_SCHEMA_VERSION = 2;

/** PRAGMA application_id of an index database ("MnlX"). */
export const INDEX_APPLICATION_ID = 0x4d6e6c58;

/** A feature that fires on more than this share of tokens is dense. */
export const DENSE_ABOVE = 0.1;

/** examples.grp: 0 = top contexts, 1 … 5 = quantile groups, weakest first. */
export const TOP_GROUP = 0;

/** contexts.rowid = feature · CONTEXTS_PER_FEATURE + rank of the example. */
export const CONTEXTS_PER_FEATURE = 1024;

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
    dense INTEGER NOT NULL DEFAULT 0,
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

  -- Tokens whose logits a feature raises or lowers most.
  CREATE TABLE feature_logits (
    token_id INTEGER NOT NULL,
    value REAL NOT NULL,
    feature INTEGER NOT NULL,
    PRIMARY KEY (token_id, value, feature)
  ) WITHOUT ROWID;

  -- score = count² / firing_count: often on this token, and seldom elsewhere.
  CREATE TABLE feature_tokens (
    token_id INTEGER NOT NULL,
    score REAL NOT NULL,
    feature INTEGER NOT NULL,
    count INTEGER NOT NULL,
    mean REAL NOT NULL,
    PRIMARY KEY (token_id, score, feature)
  ) WITHOUT ROWID;

  -- The text around the peak of every top example.
  CREATE VIRTUAL TABLE contexts USING fts5(
    text, tokenize = 'unicode61 remove_diacritics 2'
  );
`;

/** Built after the rows are in. */
export const INDEX_INDEXES = `
  CREATE INDEX features_firing
    ON features (firing_count, feature, mean_activation);
  CREATE INDEX features_mean ON features (mean_activation, feature, firing_count);
  CREATE INDEX features_max ON features (max_activation, feature, firing_count);
  CREATE INDEX features_skewness ON features (skewness, feature, firing_count);
  CREATE INDEX features_live ON features (feature, firing_count)
    WHERE firing_count > 0;
  CREATE INDEX features_dead ON features (feature) WHERE firing_count = 0;
  CREATE INDEX features_dense ON features (feature, firing_count)
    WHERE dense = 1;
  CREATE INDEX features_dense_mean
    ON features (mean_activation, feature, firing_count) WHERE dense = 1;
  CREATE INDEX features_dense_skewness
    ON features (skewness, feature, firing_count) WHERE dense = 1;
  CREATE INDEX segments_document ON segments (document, document_offset);
  CREATE INDEX features_dense_max
    ON features (max_activation, feature, firing_count) WHERE dense = 1;
`;
