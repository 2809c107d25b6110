import type { StoredDocument } from '../../ports/document-store.ts';

/** A document as its owner sees it. Times are milliseconds since 1970. */
export type Document = Omit<StoredDocument, 'ownerId'>;

/** Makes what the owner sees of a stored document. */
export function toDocument({ ownerId: _ownerId, ...document }: StoredDocument): Document {
  return document;
}
