// What a file is. Apart from the package's main entry, so that an upload check loads no parsers.
export { mediaTypeOf, UNKNOWN_TYPE, type FoundMediaType } from './media-type-of.ts';
