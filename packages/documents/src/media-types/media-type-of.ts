import { open, type FileHandle } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { DOCUMENT_TYPES, type FoundMediaType } from './document-types.ts';
import { archiveTypeOf } from './archive-type.ts';
import { oldOfficeTypeOf } from './old-office-type.ts';
import { extensionOf, textTypeOf } from './text-type.ts';
import { ByteSample } from '../reading/encodings/byte-sample.ts';
import { UNKNOWN_ENCODING } from '../reading/encodings/decode-pieces.ts';

const CHUNK_BYTES = 65_536;
/** Number of bytes within which the header of a PDF may begin (ISO 32000-1, annex H, note 13). */
const PDF_HEADER_BYTES = 1_024;
const PDF_HEADER = /%PDF-\d\.\d/;
const RTF_HEADER = /^(?:\u00ef\u00bb\u00bf)?\s*\{\\rtf/;
/** Start of a ZIP archive. */
const ARCHIVE_HEADER = 'PK\u0003\u0004';

/** Media type of an unknown file (RFC 2046, section 4.5.1). */
export const UNKNOWN_TYPE = 'application/octet-stream';

/** Types of readable characters that nobody reads as text. */
const UNREADABLE_TEXT_TYPES = ['application/postscript', 'application/eps'];

/**
 * Finds the media type of a file from its bytes. The name helps only if contents look the same. It finds every type
 * that this package reads, and names other types with a known signature.
 */
export async function mediaTypeOf({ path, fileName }: { path: string; fileName: string }): Promise<FoundMediaType> {
  const file = await open(path);
  try {
    const signed = await signedType({ file, path, fileName });
    if (signed !== undefined) return signed;
    const detected = (await fileTypeFromFile(path))?.mime;
    if (detected !== undefined && isBinaryType(detected)) return { mediaType: detected };
    // Signatures of a few letters ("BM", "MZ") also begin ordinary texts. So text comes first.
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

/** The type of a file that begins with the signature of a binary document; undefined without a signature. */
async function signedType(file: {
  file: FileHandle;
  path: string;
  fileName: string;
}): Promise<FoundMediaType | undefined> {
  const buffer = Buffer.alloc(PDF_HEADER_BYTES);
  const { bytesRead } = await file.file.read(buffer, 0, PDF_HEADER_BYTES, 0);
  const start = buffer.toString('latin1', 0, bytesRead);
  if (PDF_HEADER.test(start)) return { mediaType: 'application/pdf' };
  if (RTF_HEADER.test(start)) return { mediaType: 'application/rtf' };
  if (start.startsWith(ARCHIVE_HEADER)) return archiveType(file.path, file.fileName);
  return oldOfficeTypeOf(file.file);
}

/** The reader of a type describes the damage of an archive with its extension best. */
async function archiveType(path: string, fileName: string): Promise<FoundMediaType | undefined> {
  const found = await archiveTypeOf(path);
  if (found !== undefined) return { mediaType: found };
  const extension = extensionOf(fileName);
  const named = DOCUMENT_TYPES.find(({ extensions, isText }) => !isText && extensions.includes(extension));
  return named === undefined ? undefined : { mediaType: named.mediaType };
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
