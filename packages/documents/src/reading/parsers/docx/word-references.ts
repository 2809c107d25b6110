import { relationshipsOf, type Relationship } from '../../archive/relationships.ts';
import type { ZipArchive } from '../../archive/zip-archive.ts';
import { lineOf, type Block } from '../../blocks/block.ts';
import { readXmlPart } from '../../xml/read-xml-part.ts';
import type { XmlAttributes, XmlHandler } from '../../xml/xml-reader.ts';
import { readDrawings } from '../office/drawing-text.ts';
import { WordStory, type WordReferences } from './word-story.ts';
import { WordStyles } from './word-styles.ts';

const EMPTY: ReadonlyMap<string, string> = new Map();

/** Reads the parts of a Word document that its body refers to. */
export async function readReferences(archive: ZipArchive, main: string): Promise<WordReferences> {
  const relationships = await relationshipsOf(archive, main);
  const styles = new WordStyles();
  await readXmlPart({ archive, name: targetOf(relationships, 'styles') ?? 'word/styles.xml', handler: styles });
  const notes = (type: string) => readNotes({ archive, name: targetOf(relationships, type), styles });
  return {
    styles,
    footnotes: await notes('footnotes'),
    endnotes: await notes('endnotes'),
    comments: await notes('comments'),
    addresses: addressesOf(relationships),
    drawings: await readDrawings(archive, relationships),
  };
}

/** The texts of a document's headers and footers, each once, in the order of the file. */
export async function readHeadersAndFooters(
  archive: ZipArchive,
  main: string,
  styles: WordStyles,
): Promise<ReadonlySet<string>> {
  const texts = new Set<string>();
  for (const { type, target } of await relationshipsOf(archive, main)) {
    if (type !== 'header' && type !== 'footer') continue;
    const blocks: Block[] = [];
    const handler = storyOf(blocks, { styles, addresses: addressesOf(await relationshipsOf(archive, target)) });
    await readXmlPart({ archive, name: target, handler });
    const text = lineOf(blocks);
    if (text !== '') texts.add(text);
  }
  return texts;
}

function targetOf(relationships: readonly Relationship[], wanted: string): string | undefined {
  return relationships.find(({ type }) => type === wanted)?.target;
}

function addressesOf(relationships: readonly Relationship[]): ReadonlyMap<string, string> {
  return new Map(relationships.filter(({ type }) => type === 'hyperlink').map(({ id, target }) => [id, target]));
}

function storyOf(blocks: Block[], known: Pick<WordReferences, 'styles' | 'addresses'>): WordStory {
  const none = { footnotes: EMPTY, endnotes: EMPTY, comments: EMPTY, drawings: EMPTY };
  return new WordStory({ add: (block) => blocks.push(block) }, { ...none, ...known });
}

interface NotesPart {
  archive: ZipArchive;
  name: string | undefined;
  styles: WordStyles;
}

async function readNotes({ archive, name, styles }: NotesPart): Promise<ReadonlyMap<string, string>> {
  if (name === undefined) return EMPTY;
  const notes = new WordNotes({ styles, addresses: addressesOf(await relationshipsOf(archive, name)) });
  await readXmlPart({ archive, name, handler: notes });
  return notes.texts;
}

/** Reads footnotes, endnotes or comments by id. The text of a comment begins with a label. */
class WordNotes implements XmlHandler {
  readonly texts = new Map<string, string>();
  readonly #known: Pick<WordReferences, 'styles' | 'addresses'>;
  #blocks: Block[] = [];
  #story: WordStory | undefined;
  #id = '';
  #label = '';

  constructor(known: Pick<WordReferences, 'styles' | 'addresses'>) {
    this.#known = known;
  }

  open(name: string, attributes: XmlAttributes): 'skip' | undefined {
    if (!isNote(name)) return this.#story?.open(name, attributes);
    const { id = '', type = 'normal', author = '' } = attributes;
    if (type !== 'normal') return 'skip';
    this.#id = id;
    this.#label = name === 'comment' ? `Comment${author === '' ? '' : ` (${author})`}: ` : '';
    this.#blocks = [];
    this.#story = storyOf(this.#blocks, this.#known);
    return undefined;
  }

  text(text: string): void {
    this.#story?.text(text);
  }

  close(name: string): void {
    if (!isNote(name)) {
      this.#story?.close(name);
      return;
    }
    const text = lineOf(this.#blocks);
    if (text !== '') this.texts.set(this.#id, this.#label + text);
    this.#story = undefined;
  }
}

function isNote(name: string): boolean {
  return name === 'footnote' || name === 'endnote' || name === 'comment';
}
