/** One of the two SAEs of a match. */
export interface MatchSide {
  saeId: string;
  /** SHA-256 of its weights. */
  saeHash: string;
  dSae: number;
  hookName: string;
  modelName: string;
  /** When the index was built that says which features live; null: none was. */
  indexedAt: string | null;
}

/** Counts and a mean over the features of one side. */
export interface MatchSummary {
  /** Features counted. */
  features: number;
  /** Mean of their best cosines. */
  meanCosine: number;
  /** Features by best cosine in equal parts of 0 … 1; those below 0 in the first. */
  histogram: number[];
  /** [t] features whose best cosine is ≥ t/100. */
  reaching: number[];
  /** [t] of those, features that are their best one's best as well. */
  mutual: number[];
}

export interface MatchManifest {
  schemaVersion: number;
  /** The side with the smaller hash first. */
  sides: [MatchSide, MatchSide];
  dIn: number;
  createdAt: string;
  summaries: { all: MatchSummary; live: MatchSummary }[];
}

/** One side's answers, an entry a feature. */
export interface MatchColumns {
  /** Number of the nearest feature of the other side. */
  best: Int32Array;
  /** Cosine of the decoder directions. */
  cosine: Float32Array;
  /** Cosine of the two features' encoder directions. */
  encoderCosine: Float32Array;
  /** 1 where each is the other's nearest. */
  mutual: Uint8Array;
  /** 1 where the feature fired in its index, or where there is none. */
  live: Uint8Array;
}
