import { relationshipsOf } from '../../archive/relationships.ts';
import type { ZipArchive } from '../../archive/zip-archive.ts';
import type { Block, BlockSink } from '../../blocks/block.ts';
import { readXmlPart } from '../../xml/read-xml-part.ts';
import { textsOf } from '../../xml/xml-handlers.ts';

/** The title in an Office file's properties. Empty if there is none. */
export async function titleOf(archive: ZipArchive): Promise<string> {
  const named = (await relationshipsOf(archive, '')).find(({ type }) => type === 'core-properties')?.target;
  let title = '';
  const handler = textsOf(['title'], (text) => (title ||= text.trim()));
  await readXmlPart({ archive, name: named ?? 'docProps/core.xml', handler });
  return title;
}

/**
 * Puts a document's title and the texts of its margins before its first text. A title that begins the text is left out.
 */
export class TitledBlocks implements BlockSink {
  readonly #sink: BlockSink;
  readonly #titleOf: () => string;
  readonly #margins: string[] = [];
  #hasStarted = false;

  /** @param titleOf gives the title; called once, when the first text comes. */
  constructor(sink: BlockSink, titleOf: () => string) {
    this.#sink = sink;
    this.#titleOf = titleOf;
  }

  /** Adds the text of a header or footer. */
  addMargin(text: string): void {
    this.#margins.push(text);
  }

  add(block: Block): void {
    if (!this.#hasStarted && block.kind !== 'page' && block.text.trim() !== '') this.#start(block.text.trim());
    this.#sink.add(block);
  }

  /** Writes title and margins of a document without text. */
  end(): void {
    if (!this.#hasStarted) this.#start('');
  }

  #start(firstText: string): void {
    this.#hasStarted = true;
    for (const text of this.#margins) this.#sink.add({ kind: 'paragraph', text });
    const title = this.#titleOf();
    if (title !== '' && title !== firstText) this.#sink.add({ kind: 'heading', text: title, level: 0 });
  }
}
