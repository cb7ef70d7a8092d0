/** A text as it comes from a source, before tokenisation. */
export interface CorpusDocument {
  /** Names the document to a reader: "State of the Union, 1962, John F. Kennedy". */
  title: string;
  /** Where it comes from: a package, or a file with its line or row. */
  source: string;
  text: string;
}

/** Something that documents can be read from, one after the other. */
export interface DocumentSource {
  name: string;
  /** Changes whenever the documents would: it keys the token cache. */
  identity: string;
  /** Size of the files behind it, for progress. */
  totalBytes: number;
  /**
   * Reads the documents in a fixed order, holding only a few at a time.
   * `onBytes` is told how many bytes of the source were read since last told.
   */
  documents(onBytes: (bytes: number) => void): AsyncIterable<CorpusDocument>;
}
