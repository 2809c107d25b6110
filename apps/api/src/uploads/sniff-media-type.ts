import { TaskwireError } from '@taskwire/protocol';
import { fileTypeFromFile } from 'file-type';
import { ACCEPTED_MEDIA_TYPES, type AcceptedMediaType } from './media-types.ts';
import { readTextHead } from './read-text.ts';

/** Made of readable characters, but nothing that a person would read as text. */
const UNREADABLE_TEXT_TYPES = ['application/rtf', 'application/postscript', 'application/eps'];

/**
 * A document that begins, after comments or an XML declaration, with a doctype or a tag of a page's skeleton. A comment
 * can end at one place only: else many of them could be read in more ways than there is time to try.
 */
const HTML_BEGINNING = /^\s*(<\?xml[^>]*>\s*)?(<!--(?:(?!-->)[\s\S])*-->\s*)*<(!doctype\s+html|html|head|body)[\s>]/i;

/**
 * What a file is, by its bytes; its name only tells Markdown from plain text, which look the same.
 * @throws TaskwireError UNSUPPORTED_MEDIA_TYPE naming what it is and what is accepted.
 */
export async function sniffMediaType(path: string, fileName: string): Promise<AcceptedMediaType> {
  const detected = (await fileTypeFromFile(path))?.mime;
  if (detected === 'application/pdf') return detected;
  if (detected !== undefined && UNREADABLE_TEXT_TYPES.includes(detected)) throw unsupported(detected);
  // Signatures of a few letters ("BM", "MZ") also begin ordinary texts, so a text is a text whatever it begins with.
  const head = await readTextHead(path);
  if (head === undefined) throw unsupported(detected);
  if (HTML_BEGINNING.test(head)) return 'text/html';
  return /\.(md|markdown)$/i.test(fileName) ? 'text/markdown' : 'text/plain';
}

function unsupported(detected: string | undefined): TaskwireError {
  const what = detected === undefined ? 'of a type that is not known here' : detected;
  const message = `is ${what}; accepted are ${ACCEPTED_MEDIA_TYPES.join(', ')} (text as UTF-8 or UTF-16)`;
  return new TaskwireError('UNSUPPORTED_MEDIA_TYPE', `file: ${message}`, { fields: [{ path: 'file', message }] });
}
