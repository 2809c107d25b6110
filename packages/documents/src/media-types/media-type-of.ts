import { open, type FileHandle } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { DOCUMENT_TYPES } from './document-types.ts';
import { textTypeOf } from './text-type.ts';
import { ByteSample } from '../reading/encodings/byte-sample.ts';
import { UNKNOWN_ENCODING } from '../reading/encodings/decode-pieces.ts';

const CHUNK_BYTES = 65_536;
/** Bytes within which the header of a PDF may begin (ISO 32000-1, annex H, note 13). */
const PDF_HEADER_BYTES = 1_024;
const PDF_HEADER = /%PDF-\d\.\d/;

/** Media type of an unknown file (RFC 2046, section 4.5.1). */
export const UNKNOWN_TYPE = 'application/octet-stream';

/** Made of readable characters, but nothing that a person would read as text. */
const UNREADABLE_TEXT_TYPES = ['application/rtf', 'application/postscript', 'application/eps'];

/** A file's media type; `UNKNOWN_TYPE` with the problem, in words for its owner, if there is one to name. */
export interface FoundMediaType {
  mediaType: string;
  problem?: string;
}

/**
 * Finds the media type of a file by its bytes. Its name helps only where contents look the same. Every type that the
 * readers of this package read is found; others are named where their signature is known.
 */
export async function mediaTypeOf({ path, fileName }: { path: string; fileName: string }): Promise<FoundMediaType> {
  const file = await open(path);
  try {
    if (await hasPdfHeader(file)) return { mediaType: 'application/pdf' };
    const detected = (await fileTypeFromFile(path))?.mime;
    if (detected !== undefined && isBinaryType(detected)) return { mediaType: detected };
    // Signatures of a few letters ("BM", "MZ") also begin ordinary texts, so a text is a text whatever it begins with.
    const text = textTypeOf(await sampleOfFile(file), fileName);
    if (text.mediaType !== undefined && (detected === undefined || !text.hasZeros))
      return { mediaType: text.mediaType };
    if (detected !== undefined) return { mediaType: detected };
    return { mediaType: UNKNOWN_TYPE, ...(text.problem === 'unknown' ? { problem: UNKNOWN_ENCODING } : {}) };
  } finally {
    await file.close();
  }
}

function isBinaryType(mediaType: string): boolean {
  if (UNREADABLE_TEXT_TYPES.includes(mediaType)) return true;
  return DOCUMENT_TYPES.some((type) => !type.isText && type.mediaType === mediaType);
}

async function hasPdfHeader(file: FileHandle): Promise<boolean> {
  const buffer = Buffer.alloc(PDF_HEADER_BYTES);
  const { bytesRead } = await file.read(buffer, 0, PDF_HEADER_BYTES, 0);
  return PDF_HEADER.test(buffer.toString('latin1', 0, bytesRead));
}

async function sampleOfFile(file: FileHandle): Promise<Uint8Array> {
  const sample = new ByteSample();
  const buffer = Buffer.alloc(CHUNK_BYTES);
  for (let position = 0; ;) {
    const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, position);
    if (bytesRead === 0) return sample.take();
    sample.add(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
}
