import type { FileHandle } from 'node:fs/promises';
import type { FoundMediaType } from './document-types.ts';

/** Start of the container of old Office files (MS-CFB, section 2.2). */
const SIGNATURE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
/** Size (bytes) of a directory entry. Entries stand at multiples of it and begin with a name. */
const ENTRY_BYTES = 128;
const CHUNK_BYTES = 65_536;

/** Names of streams, and the files that contain one. The first match counts. */
const BY_STREAM: readonly (readonly [stream: string, found: FoundMediaType])[] = [
  [
    'EncryptedPackage',
    {
      mediaType: 'application/x-ole-storage',
      problem: 'an Office file with a password: save it without a password and upload it again',
    },
  ],
  ['WordDocument', { mediaType: 'application/msword', problem: 'an old Word document: save it as .docx' }],
  ['Workbook', { mediaType: 'application/vnd.ms-excel', problem: 'an old Excel workbook: save it as .xlsx' }],
  ['Book', { mediaType: 'application/vnd.ms-excel', problem: 'an old Excel workbook: save it as .xlsx' }],
  [
    'PowerPoint Document',
    { mediaType: 'application/vnd.ms-powerpoint', problem: 'an old PowerPoint presentation: save it as .pptx' },
  ],
  [
    '__properties_version1.0',
    { mediaType: 'application/vnd.ms-outlook', problem: 'an Outlook message: save it as .eml' },
  ],
];

/** The type of an old Office file (OLE container); undefined for other files. */
export async function oldOfficeTypeOf(file: FileHandle): Promise<FoundMediaType | undefined> {
  const buffer = Buffer.alloc(CHUNK_BYTES);
  const found = new Set<string>();
  for (let position = 0; ; position += CHUNK_BYTES) {
    const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, position);
    const chunk = buffer.subarray(0, bytesRead);
    if (position === 0 && !chunk.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return undefined;
    for (const [stream] of BY_STREAM) if (hasEntry(chunk, stream)) found.add(stream);
    if (bytesRead < CHUNK_BYTES) break;
  }
  const known = BY_STREAM.find(([stream]) => found.has(stream))?.[1];
  return known ?? { mediaType: 'application/x-ole-storage', problem: 'an old Office file: save it in a newer format' };
}

function hasEntry(chunk: Buffer, stream: string): boolean {
  const name = Buffer.from(`${stream}\0`, 'utf16le');
  for (let at = chunk.indexOf(name); at !== -1; at = chunk.indexOf(name, at + 1)) {
    if (at % ENTRY_BYTES === 0) return true;
  }
  return false;
}
