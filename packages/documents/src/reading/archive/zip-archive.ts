import { fromBufferPromise, getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl';
import { DocumentError, encryptedDocument } from '../document-error.ts';
import { limitExceeded, type ReadingLimits } from '../limits.ts';
import { archiveName, withoutTrailingBytes } from './archive-name.ts';

/** Largest number of files in an archive; a book of a thousand chapters has some thousands. */
const MOST_ENTRIES = 200_000;

/**
 * The files of a ZIP archive, read one at a time as streams. Names are compared without case and without a leading
 * slash. One count covers the unpacked bytes of all reads.
 */
export class ZipArchive {
  readonly #zip: ZipFile;
  readonly limits: ReadingLimits;
  readonly #entries: ReadonlyMap<string, Entry>;
  #unpacked = 0;

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>, limits: ReadingLimits) {
    this.#zip = zip;
    this.#entries = entries;
    this.limits = limits;
  }

  /**
   * |@throws DocumentError DOCUMENT_UNREADABLE for a broken archive, DOCUMENT_TOO_COMPLEX for an archive with too many
   * files.
   */
  static async open(bytes: Uint8Array, limits: ReadingLimits): Promise<ZipArchive> {
    const buffer = withoutTrailingBytes(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return ZipArchive.#list(fromBufferPromise(buffer, { decodeStrings: false }), limits);
  }

  /** Opens an archive on disk without loading it into memory. `close` closes the file. */
  static async openFile(path: string, limits: ReadingLimits): Promise<ZipArchive> {
    return ZipArchive.#list(openPromise(path, { decodeStrings: false, autoClose: false }), limits);
  }

  static async #list(opening: Promise<ZipFile>, limits: ReadingLimits): Promise<ZipArchive> {
    let zip: ZipFile | undefined;
    try {
      zip = await opening;
      if (zip.entryCount > MOST_ENTRIES) throw tooManyEntries();
      const entries = new Map<string, Entry>();
      for await (const entry of zip.eachEntry()) entries.set(nameOf(entry), entry);
      return new ZipArchive(zip, entries, limits);
    } catch (error) {
      zip?.close();
      throw refusal(error);
    }
  }

  /** The names of all files in the form that comparisons use: lower case. */
  get names(): Iterable<string> {
    return this.#entries.keys();
  }

  has(name: string): boolean {
    return this.#entries.has(archiveName(name));
  }

  /** The unpacked size (bytes) of a file as the archive declares it; 0 if there is no such file. */
  sizeOf(name: string): number {
    return this.#entries.get(archiveName(name))?.uncompressedSize ?? 0;
  }

  /**
   * Unpacks a file piece by piece. A file that is not in the archive has no pieces.
   * @throws DocumentError DOCUMENT_TOO_COMPLEX at the limit of unpacked bytes, DOCUMENT_ENCRYPTED, DOCUMENT_UNREADABLE.
   */
  async *read(name: string): AsyncGenerator<Uint8Array, void> {
    const entry = this.#entries.get(archiveName(name));
    if (entry === undefined) return;
    if (entry.isEncrypted()) throw encryptedDocument();
    // An archive that declares too large a size is refused before unpacking. The count below catches a false size.
    this.#refuseBeyond(this.#unpacked + entry.uncompressedSize);
    try {
      const stream: AsyncIterable<Uint8Array> = await this.#zip.openReadStreamPromise(entry);
      for await (const piece of stream) {
        this.#unpacked += piece.length;
        this.#refuseBeyond(this.#unpacked);
        yield piece;
      }
    } catch (error) {
      throw refusal(error);
    }
  }

  /** Unpacks a whole file. Only for small files, and for files that another reader needs as a whole. */
  async readWhole(name: string): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    for await (const piece of this.read(name)) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  #refuseBeyond(bytes: number): void {
    if (bytes > this.limits.unpackedBytes) throw limitExceeded('unpackedBytes', this.limits);
  }

  close(): void {
    this.#zip.close();
  }
}

function nameOf(entry: Entry): string {
  return archiveName(getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false));
}

function tooManyEntries(): DocumentError {
  const message = `the document's ZIP archive holds more than ${MOST_ENTRIES} files: split it and upload the parts`;
  return new DocumentError('DOCUMENT_TOO_COMPLEX', message);
}

function refusal(error: unknown): DocumentError {
  if (error instanceof DocumentError) return error;
  if (error instanceof Error && error.message.includes('encryption')) return encryptedDocument();
  return new DocumentError(
    'DOCUMENT_UNREADABLE',
    'the document is broken (its ZIP archive cannot be unpacked): save or export it again and upload it',
    { cause: error },
  );
}
