// Media types of files. Separate from the package's main entry, so that an upload check loads no parsers.
export { DOCUMENT_TYPES } from './document-types.ts';
export type { FoundMediaType } from './document-types.ts';
export { mediaTypeOf, UNKNOWN_TYPE } from './media-type-of.ts';
