import type { Relationship } from '../../archive/relationships.ts';
import type { ZipArchive } from '../../archive/zip-archive.ts';
import { readXmlPart } from '../../xml/read-xml-part.ts';
import type { XmlAttributes, XmlHandler } from '../../xml/xml-reader.ts';

/** Types of parts with the text of a drawing. */
const DRAWINGS = ['chart', 'chartEx', 'diagramData'];

/** The texts of a part's charts (titles, names of series and categories) and diagrams, by relationship. */
export async function readDrawings(
  archive: ZipArchive,
  relationships: readonly Relationship[],
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const { id, type, target } of relationships) {
    if (!DRAWINGS.includes(type)) continue;
    const handler = new DrawingText();
    await readXmlPart({ archive, name: target, handler });
    if (handler.lines.size > 0) texts.set(id, [...handler.lines].join('\n'));
  }
  return texts;
}

/** Gathers the text of a chart or diagram: its paragraphs, and the words (not numbers) of its table. */
class DrawingText implements XmlHandler {
  readonly lines = new Set<string>();
  #text = '';
  #isText = false;

  open(name: string, _attributes: XmlAttributes): 'skip' | undefined {
    if (name === 'numCache' || name === 'extLst' || name === 'f') return 'skip';
    this.#isText = name === 't' || name === 'v';
    return undefined;
  }

  text(text: string): void {
    if (this.#isText) this.#text += text;
  }

  close(name: string): void {
    this.#isText = false;
    if (name !== 'p' && name !== 'v') return;
    const line = this.#text.trim();
    if (line !== '') this.lines.add(line);
    this.#text = '';
  }
}
