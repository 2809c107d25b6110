export { documentServer } from './document-server.ts';
export type { DocumentServerOptions } from './document-server.ts';
export type { Document } from './procedures/stored-documents.ts';
export type { PageText } from './procedures/page.ts';
export type { DocumentPage, PagePiece, StoredDocument } from './document-store.ts';
export type { StandardRouter } from './standard-router.ts';
