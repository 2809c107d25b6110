export { DocumentError } from './reading/document-error.ts';
