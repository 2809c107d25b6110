// For tests of pages and other users of the procedures.
export { DocumentPorts } from '../server/testing/document-ports.ts';
export { MemoryDocuments } from '../server/testing/memory-documents.ts';
