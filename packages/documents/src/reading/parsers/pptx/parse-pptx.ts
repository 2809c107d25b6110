import { archiveParser } from '../../archive/archive-parser.ts';
import { mainPartOf, relationshipsOf, type Relationship } from '../../archive/relationships.ts';
import type { ZipArchive } from '../../archive/zip-archive.ts';
import { lineOf } from '../../blocks/block.ts';
import { PageBlocks } from '../../blocks/page-blocks.ts';
import { missingPart } from '../../document-error.ts';
import { limitExceeded } from '../../limits.ts';
import { SectionCollector } from '../../section-collector.ts';
import type { ParsedPart } from '../../section.ts';
import { readXmlPart } from '../../xml/read-xml-part.ts';
import { elementsOnly } from '../../xml/xml-handlers.ts';
import { readDrawings } from '../office/drawing-text.ts';
import { titleOf } from '../office/title.ts';
import { readSlideComments } from './slide-comments.ts';
import { SlideStory } from './slide-story.ts';

/**
 * Reads a presentation (PPTX): one page per slide, its title as heading, its notes and comments after its text.
 * @throws DocumentError DOCUMENT_UNREADABLE, DOCUMENT_ENCRYPTED or DOCUMENT_TOO_COMPLEX.
 */
export const parsePptx = archiveParser(readSlides);

/** The names of the slides, in the order of the show. */
async function slidesOf(archive: ZipArchive): Promise<string[]> {
  const main = await mainPartOf(archive, 'ppt/presentation.xml');
  if (main === undefined) throw missingPart('ppt/presentation.xml');
  const targets = new Map((await relationshipsOf(archive, main)).map(({ id, target }) => [id, target]));
  const slides: string[] = [];
  const handler = elementsOnly((name, attributes) => {
    const target = name === 'sldId' ? targets.get(attributes['r:id'] ?? '') : undefined;
    if (target !== undefined) slides.push(target);
  });
  await readXmlPart({ archive, name: main, handler });
  if (slides.length > archive.limits.pages) throw limitExceeded('pages', archive.limits);
  return slides;
}

async function* readSlides(archive: ZipArchive): AsyncGenerator<ParsedPart, void> {
  const slides = await slidesOf(archive);
  const title = await titleOf(archive);
  const total = slides.length;
  if (total === 0) yield { sections: [], pages: 1, done: 0, total: 0 };
  for (const [index, name] of slides.entries()) {
    const page = index + 1;
    // Each slide has its own collector, because its title is no heading of the next slide.
    const collector = new SectionCollector();
    collector.startPage(page);
    const isMissing = !archive.has(name);
    const hasText = await readSlide(archive, name, { collector, title: index === 0 ? title : '' });
    const coverage = {
      pagesWithText: hasText ? 1 : 0,
      pagesWithoutText: hasText || isMissing ? [] : [page],
      pagesUnreadable: isMissing ? [page] : [],
    };
    const warning = isMissing ? { warning: `slide ${page} is missing from the file` } : {};
    const itemName = `slide ${page} of ${total}`;
    yield { sections: collector.finish(), pages: total, done: page, total, itemName, coverage, ...warning };
  }
}

interface SlideTarget {
  collector: SectionCollector;
  /** The presentation's own title: a heading of the first slide, if that slide shows another title. */
  title: string;
}

/**
 * Reads a slide with its notes and comments.
 * @returns whether it has text.
 */
async function readSlide(archive: ZipArchive, name: string, { collector, title }: SlideTarget): Promise<boolean> {
  const pages = new PageBlocks(collector);
  const relationships = await relationshipsOf(archive, name);
  const slide = await readStory(archive, name, relationships);
  const ownTitle = slide.titles.join(' ').trim();
  const notes = await readNotes(archive, relationships);
  const comments = await readComments(archive, relationships);
  if (title !== '' && title !== ownTitle) pages.add({ kind: 'heading', text: title, level: 0 });
  pages.add({ kind: 'heading', text: ownTitle, level: 1 });
  const blocks = [...slide.blocks, ...notes.blocks];
  for (const block of blocks) pages.add(block);
  for (const text of comments) pages.add({ kind: 'paragraph', text });
  return ownTitle !== '' || lineOf(blocks) !== '' || comments.length > 0;
}

async function readStory(
  archive: ZipArchive,
  name: string,
  relationships: readonly Relationship[],
): Promise<SlideStory> {
  const links = relationships.filter(({ type, isExternal }) => type === 'hyperlink' && isExternal);
  const handler = new SlideStory({
    addresses: new Map(links.map(({ id, target }) => [id, target])),
    drawings: await readDrawings(archive, relationships),
  });
  await readXmlPart({ archive, name, handler });
  return handler;
}

async function readNotes(archive: ZipArchive, relationships: readonly Relationship[]): Promise<SlideStory> {
  const name = relationships.find(({ type }) => type === 'notesSlide')?.target ?? '';
  return readStory(archive, name, await relationshipsOf(archive, name));
}

async function readComments(archive: ZipArchive, relationships: readonly Relationship[]): Promise<readonly string[]> {
  const parts = relationships.filter(({ type }) => type === 'comments');
  const comments = await Promise.all(parts.map(({ target }) => readSlideComments(archive, target)));
  return comments.flat();
}
