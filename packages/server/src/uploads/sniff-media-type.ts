import { DOCUMENT_TYPES, mediaTypeOf, UNKNOWN_TYPE, type FoundMediaType } from '@taskwire/documents/media-types';
import { TaskwireError } from '@taskwire/protocol';
import { acceptsMediaType } from '@taskwire/tasks';

/**
 * The media type of a file, by its bytes. Its name decides only between types that look the same (CSV, Markdown, text …).
 * @param accept the accepted media types; undefined: all.
 * @throws TaskwireError UNSUPPORTED_MEDIA_TYPE naming the type or the problem, and the accepted types.
 */
export async function sniffMediaType(
  path: string,
  { fileName, accept }: { fileName: string; accept: readonly string[] | undefined },
): Promise<string> {
  const found = await mediaTypeOf({ path, fileName });
  if (!acceptsMediaType(accept === undefined ? {} : { accept }, found.mediaType))
    throw unsupported(found, accept ?? []);
  return found.mediaType;
}

function unsupported({ mediaType, problem }: FoundMediaType, accept: readonly string[]): TaskwireError {
  const type = mediaType === UNKNOWN_TYPE ? 'of a type that is not known here' : mediaType;
  const message = `is ${problem ?? type}; accepted are ${accept.map(nameOf).join(', ')}`;
  return new TaskwireError('UNSUPPORTED_MEDIA_TYPE', `file: ${message}`, { fields: [{ path: 'file', message }] });
}

/** The name of a media type for people: its extension, if it has one. */
function nameOf(mediaType: string): string {
  const extension = DOCUMENT_TYPES.find((type) => type.mediaType === mediaType)?.extensions[0];
  return extension === undefined ? mediaType : `.${extension}`;
}
