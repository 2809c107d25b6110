import { archiveName } from '../../archive/archive-name.ts';
import { archiveParser } from '../../archive/archive-parser.ts';
import type { ZipArchive } from '../../archive/zip-archive.ts';
import { limitExceeded } from '../../limits.ts';
import type { ParsedPart, Section } from '../../section.ts';
import { readBookPage, underHeadings } from './book-page.ts';
import { readContents, type BookContents } from './read-contents.ts';
import { readPackage, type BookPackage } from './read-package.ts';

/**
 * Reads a book (EPUB 2 or 3): one page per file, in reading order. Headings come from the text and from the table of
 * contents. The printed pages of a file are its label, if the book names them.
 * @throws DocumentError DOCUMENT_ENCRYPTED (rights management), DOCUMENT_UNREADABLE or DOCUMENT_TOO_COMPLEX.
 */
export const parseEpub = archiveParser(readBook);

async function* readBook(archive: ZipArchive): AsyncGenerator<ParsedPart, void> {
  const book = await readPackage(archive);
  if (book.spine.length > archive.limits.pages) throw limitExceeded('pages', archive.limits);
  yield* readPages(archive, book, await readContents(archive, book.contents));
}

async function* readPages(
  archive: ZipArchive,
  book: BookPackage,
  contents: BookContents,
): AsyncGenerator<ParsedPart, void> {
  const total = book.spine.length;
  yield { sections: titleSections(book), pages: Math.max(1, total), done: 0, total };
  let path: readonly string[] = [];
  for (const [index, name] of book.spine.entries()) {
    const page = index + 1;
    // A chapter may continue in further files, which the table of contents does not name.
    path = contents.headings.get(archiveName(name)) ?? path;
    const part = { pages: total, total, itemName: `part ${page} of ${total}` };
    for await (const sections of readBookPage(archive, name, page)) {
      yield { ...part, done: index, sections: underHeadings(sections, path) };
    }
    const warning = archive.has(name) ? {} : { warning: `part ${page} is missing from the file` };
    yield { ...part, done: page, sections: [], ...labelOf(contents.pages.get(archiveName(name)), page), ...warning };
  }
}

function titleSections({ title, authors }: BookPackage): Section[] {
  const text = [title, ...authors].filter((line) => line !== '').join('\n');
  return text === '' ? [] : [{ page: 1, ...(title === '' ? {} : { heading: title }), text }];
}

function labelOf(pages: readonly [string, string] | undefined, page: number): Pick<ParsedPart, 'pageLabels'> {
  if (pages === undefined) return {};
  const [first, last] = pages;
  return { pageLabels: { [String(page)]: first === last ? first : `${first}–${last}` } };
}
