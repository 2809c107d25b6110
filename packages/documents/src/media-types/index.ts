// What a file is. Apart from the package's main entry, so that an upload check loads no parsers.
export type { FoundMediaType } from './document-types.ts';
export { mediaTypeOf, UNKNOWN_TYPE } from './media-type-of.ts';
