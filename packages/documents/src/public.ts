export { DocumentError } from './reading/document-error.ts';
export { migrateDocuments } from './database/migrate-documents.ts';
