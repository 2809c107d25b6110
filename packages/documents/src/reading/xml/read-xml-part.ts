import type { ZipArchive } from '../archive/zip-archive.ts';
import { XmlDecoder } from './decode-xml.ts';
import { XmlReader, type XmlHandler } from './xml-reader.ts';

/** Unpacked bytes per turn of the caller. */
const PIECE_BYTES = 65_536;

/** An XML file of an archive, and the handler that gets its elements. */
export interface XmlPart {
  archive: ZipArchive;
  name: string;
  handler: XmlHandler;
}

/**
 * Reads an XML file of an archive piece by piece. A missing file has no pieces.
 * @yields after each piece, the number of bytes read so far.
 */
export async function* readXmlPieces({ archive, name, handler }: XmlPart): AsyncGenerator<number, void> {
  const decoder = new XmlDecoder();
  const reader = new XmlReader(handler, archive.limits);
  let read = 0;
  let given = 0;
  for await (const piece of archive.read(name)) {
    reader.write(decoder.decode(piece));
    read += piece.length;
    if (read - given < PIECE_BYTES) continue;
    given = read;
    yield read;
  }
  reader.write(decoder.end());
  reader.end();
  yield read;
}

/** Reads a whole XML file of an archive. Only for small files. */
export async function readXmlPart(part: XmlPart): Promise<void> {
  const pieces = readXmlPieces(part);
  while ((await pieces.next()).done !== true);
}
