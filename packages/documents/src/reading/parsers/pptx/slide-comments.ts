import type { ZipArchive } from '../../archive/zip-archive.ts';
import { readXmlPart } from '../../xml/read-xml-part.ts';
import type { XmlAttributes, XmlHandler } from '../../xml/xml-reader.ts';

/** Reads the comments on a slide, in the old form (`p:text`) and in the form of threads (`a:t`). */
export async function readSlideComments(archive: ZipArchive, name: string): Promise<readonly string[]> {
  const handler = new SlideComments();
  await readXmlPart({ archive, name, handler });
  return handler.texts;
}

class SlideComments implements XmlHandler {
  readonly texts: string[] = [];
  #text = '';
  #isText = false;

  open(name: string, _attributes: XmlAttributes): undefined {
    this.#isText = name === 'text' || name === 't';
    return undefined;
  }

  text(text: string): void {
    if (this.#isText) this.#text += text;
  }

  close(name: string): void {
    this.#isText = false;
    if (name === 'p') this.#text += ' ';
    if (name !== 'cm' && name !== 'reply' && name !== 'text') return;
    const text = this.#text.trim();
    if (text !== '') this.texts.push(`Comment: ${text}`);
    this.#text = '';
  }
}
