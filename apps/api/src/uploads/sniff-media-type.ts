import { TaskwireError } from '@taskwire/protocol';
import { acceptsMediaType } from '@taskwire/tasks';
import { fileTypeFromFile } from 'file-type';
import { readTextHead } from './read-text.ts';

/** Made of readable characters, but nothing that a person would read as text. */
const UNREADABLE_TEXT_TYPES = ['application/rtf', 'application/postscript', 'application/eps'];

/**
 * A document that begins, after comments or an XML declaration, with a doctype or a tag of a page's skeleton. A comment
 * can end at one place only: else many of them could be read in more ways than there is time to try.
 */
const HTML_BEGINNING = /^\s*(<\?xml[^>]*>\s*)?(<!--(?:(?!-->)[\s\S])*-->\s*)*<(!doctype\s+html|html|head|body)[\s>]/i;

/** Media type of an unknown file (RFC 2046, section 4.5.1). */
const UNKNOWN_TYPE = 'application/octet-stream';

/**
 * Returns the media type of a file, by its bytes; its name only tells Markdown from plain text, which look the same.
 * @param accept the media types that are taken in; undefined: all.
 * @throws TaskwireError UNSUPPORTED_MEDIA_TYPE naming what it is and what is accepted.
 */
export async function sniffMediaType(
  path: string,
  { fileName, accept }: { fileName: string; accept: readonly string[] | undefined },
): Promise<string> {
  const mediaType = await mediaTypeOf(path, fileName);
  if (!acceptsMediaType(accept === undefined ? {} : { accept }, mediaType)) throw unsupported(mediaType, accept ?? []);
  return mediaType;
}

async function mediaTypeOf(path: string, fileName: string): Promise<string> {
  const detected = (await fileTypeFromFile(path))?.mime;
  if (detected === 'application/pdf') return detected;
  if (detected !== undefined && UNREADABLE_TEXT_TYPES.includes(detected)) return detected;
  // Signatures of a few letters ("BM", "MZ") also begin ordinary texts, so a text is a text whatever it begins with.
  const head = await readTextHead(path);
  if (head === undefined) return detected ?? UNKNOWN_TYPE;
  if (HTML_BEGINNING.test(head)) return 'text/html';
  return /\.(md|markdown)$/i.test(fileName) ? 'text/markdown' : 'text/plain';
}

function unsupported(mediaType: string, accept: readonly string[]): TaskwireError {
  const what = mediaType === UNKNOWN_TYPE ? 'of a type that is not known here' : mediaType;
  const message = `is ${what}; accepted are ${accept.join(', ')} (text as UTF-8 or UTF-16)`;
  return new TaskwireError('UNSUPPORTED_MEDIA_TYPE', `file: ${message}`, { fields: [{ path: 'file', message }] });
}
