import { DEFAULT_LIMITS } from '../limits.ts';
import type { ParsedPart, Parser } from '../section.ts';
import { ZipArchive } from './zip-archive.ts';

/**
 * Makes the parser of a format whose files are ZIP archives. The parser closes the archive when reading ends, also
 * after an error.
 */
export function archiveParser(read: (archive: ZipArchive) => AsyncGenerator<ParsedPart, void>): Parser {
  return async function* parseArchive(bytes, limits = DEFAULT_LIMITS): AsyncGenerator<ParsedPart, void> {
    const archive = await ZipArchive.open(bytes, limits);
    try {
      yield* read(archive);
    } finally {
      archive.close();
    }
  };
}
