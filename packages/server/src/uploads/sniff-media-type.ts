import { TaskwireError } from '@taskwire/protocol';
import { acceptsMediaType } from '@taskwire/tasks';
import mime from 'mime-types';
import { UNKNOWN_TYPE, mediaTypeOf } from './media-type-of.ts';

/** The media type of a file, and why nobody can use the file, if that is known ("an old Word document: save it as .docx"). */
export interface DetectedMediaType {
  mediaType: string;
  problem?: string;
}

/**
 * Finds the media type of a file from its bytes and its name.
 * @returns undefined for a file that it does not know: its type then follows from its signature.
 */
export type DetectMediaType = (file: { path: string; fileName: string }) => Promise<DetectedMediaType | undefined>;

/** Rules for the media type of an upload. */
export interface MediaTypeRules {
  fileName: string;
  /** The accepted media types; undefined: all. */
  accept: readonly string[] | undefined;
  /** Asked before signatures are looked at. */
  detect?: DetectMediaType;
}

/**
 * The media type of a file, by its bytes. Its name decides only between types that look the same (CSV, Markdown, text …).
 * @throws TaskwireError UNSUPPORTED_MEDIA_TYPE naming the type or the problem, and the accepted types.
 */
export async function sniffMediaType(path: string, { fileName, accept, detect }: MediaTypeRules): Promise<string> {
  const file = { path, fileName };
  const found = (await detect?.(file)) ?? { mediaType: await mediaTypeOf(file) };
  if (!acceptsMediaType(accept === undefined ? {} : { accept }, found.mediaType))
    throw unsupported(found, accept ?? []);
  return found.mediaType;
}

function unsupported({ mediaType, problem }: DetectedMediaType, accept: readonly string[]): TaskwireError {
  const type = mediaType === UNKNOWN_TYPE ? 'of a type that is not known here' : mediaType;
  const accepted =
    accept.length === 0 ? 'no task of this server takes files' : `accepted are ${accept.map(nameOf).join(', ')}`;
  const message = `is ${problem ?? type}; ${accepted}`;
  return new TaskwireError('UNSUPPORTED_MEDIA_TYPE', `file: ${message}`, { fields: [{ path: 'file', message }] });
}

/** The name of a media type for people: its extension, if it has one. */
function nameOf(mediaType: string): string {
  const extension = mime.extension(mediaType);
  return extension === false ? mediaType : `.${extension}`;
}
