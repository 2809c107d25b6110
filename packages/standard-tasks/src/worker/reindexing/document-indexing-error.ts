/** A failure to index the chunks of these documents. `cause` is the reason. */
export class DocumentIndexingError extends Error {
  override readonly name = 'DocumentIndexingError';
  readonly documentIds: readonly string[];

  constructor(documentIds: readonly string[], options: { cause: unknown }) {
    super(`chunks of ${documentIds.join(', ')} cannot be indexed`, options);
    this.documentIds = documentIds;
  }
}
