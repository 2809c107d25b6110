import { open, type FileHandle } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import { fileTypeFromFile } from 'file-type';
import mime from 'mime-types';

const CHUNK_BYTES = 64 * 1_024;
/** Media type of an unknown file (RFC 2046, section 4.5.1). */
export const UNKNOWN_TYPE = 'application/octet-stream';

/** Types whose files begin with readable characters, by a signature that is too long for a coincidence. */
const READABLE_TYPES = /^(?:application\/(?:pdf|rtf|postscript|eps|xml)$|text\/)/;
/** Text formats beside `text/*`. */
const TEXT_TYPES = /^(?:text\/|message\/|image\/svg\+xml$|application\/(?:.*\+)?(?:json|xml|yaml|toml|sql|graphql)$)/;
/** Control characters that no text has: all but tab, line feed, form feed, return and escape. */
const BINARY = new RegExp(String.raw`[\0-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]`);

/**
 * The media type of any file: by its signature, if it has one; else that of its name, if it is a text of such a type; else
 * `text/plain` for a text, and `application/octet-stream`.
 */
export async function mediaTypeOf({ path, fileName }: { path: string; fileName: string }): Promise<string> {
  const signed = (await fileTypeFromFile(path))?.mime;
  if (signed !== undefined && READABLE_TYPES.test(signed)) return refined(signed, fileName);
  // Signatures of a few letters ("BM", "MZ") also begin ordinary texts. So text comes first.
  if (await isText(path)) return textTypeOf(fileName);
  return signed ?? UNKNOWN_TYPE;
}

/** XML has many formats, which only the name tells apart. */
function refined(signed: string, fileName: string): string {
  const named = mime.lookup(fileName);
  return signed === 'application/xml' && named !== false && named.endsWith('+xml') ? named : signed;
}

function textTypeOf(fileName: string): string {
  const named = mime.lookup(fileName);
  return named !== false && TEXT_TYPES.test(named) ? named : 'text/plain';
}

/** Whether a file is text in UTF-8, or in UTF-16 with a byte-order mark. It holds one piece of it in memory. */
async function isText(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const decoder = await decoderFor(file);
    for (let position = 0; ;) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, position);
      if (BINARY.test(decoder.decode(buffer.subarray(0, bytesRead), { stream: bytesRead > 0 }))) return false;
      if (bytesRead === 0) return true;
      position += bytesRead;
    }
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  } finally {
    await file.close();
  }
}

async function decoderFor(file: FileHandle): Promise<TextDecoder> {
  const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
  const mark = buffer.toString('hex');
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding, { fatal: true });
}
