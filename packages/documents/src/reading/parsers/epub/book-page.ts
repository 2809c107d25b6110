import type { ZipArchive } from '../../archive/zip-archive.ts';
import { SectionCollector } from '../../section-collector.ts';
import type { Section } from '../../section.ts';
import { XmlDecoder } from '../../xml/decode-xml.ts';
import { HtmlText } from '../html-text.ts';

/** Characters within which the head of a page ends. */
const LONGEST_HEAD = 65_536;

/**
 * Reads a file of a book as HTML, without its `title`, which repeats the book's title or the text.
 * @yields the sections of each piece of the file; a piece may have none.
 */
export async function* readBookPage(archive: ZipArchive, name: string, page: number): AsyncGenerator<Section[], void> {
  const collector = new SectionCollector();
  collector.startPage(page);
  const html = new HtmlText(collector);
  const decoder = new XmlDecoder();
  let head: string | undefined = '';
  for await (const piece of archive.read(name)) {
    const text = decoder.decode(piece);
    if (head === undefined) {
      html.write(text);
      yield collector.take();
      continue;
    }
    head += text;
    if (head.length < LONGEST_HEAD && !/<\/head/i.test(head)) continue;
    html.write(withoutTitle(head));
    head = undefined;
  }
  html.write(withoutTitle(head ?? '') + decoder.end());
  html.end();
  yield collector.finish();
}

function withoutTitle(head: string): string {
  return head.replace(/<title(?:\s[^>]*)?(?:\/>|>[^<]*<\/title\s*>)/i, '');
}

/** Puts sections of a file under the headings from the table of contents, unless the text has these headings. */
export function underHeadings(sections: readonly Section[], path: readonly string[]): Section[] {
  return sections.map((section) => {
    const own = [...(section.headingPath ?? []), ...(section.heading === undefined ? [] : [section.heading])];
    const missing = path.filter((label) => !own.some((heading) => isSame(heading, label)));
    const all = [...missing, ...own];
    const heading = all.at(-1);
    if (heading === undefined) return section;
    const above = all.slice(0, -1);
    return { page: section.page, heading, ...(above.length === 0 ? {} : { headingPath: above }), text: section.text };
  });
}

function isSame(one: string, other: string): boolean {
  const plain = (text: string) =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '');
  return plain(one) === plain(other);
}
