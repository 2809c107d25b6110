import { lineOf, type Block } from '../../blocks/block.ts';
import type { XmlAttributes, XmlHandler } from '../../xml/xml-reader.ts';
import { OpenStory } from './open-story.ts';
import type { OpenStyles } from './open-styles.ts';

const MARGINS: ReadonlySet<string> = new Set([
  'header',
  'footer',
  'header-left',
  'footer-left',
  'header-first',
  'footer-first',
]);

/** Reads the styles of an OpenDocument file, and the texts of headers and footers, each once. */
export class PageMargins implements XmlHandler {
  readonly texts = new Set<string>();
  readonly #styles: OpenStyles;
  #blocks: Block[] = [];
  #story: OpenStory | undefined;

  constructor(styles: OpenStyles) {
    this.#styles = styles;
  }

  open(name: string, attributes: XmlAttributes): 'skip' | undefined {
    if (this.#story !== undefined) return this.#story.open(name, attributes);
    this.#styles.learn(name, attributes);
    if (!MARGINS.has(name)) return undefined;
    const blocks: Block[] = [];
    this.#blocks = blocks;
    this.#story = new OpenStory({ add: (block) => blocks.push(block) }, this.#styles);
    return undefined;
  }

  text(text: string): void {
    this.#story?.text(text);
  }

  close(name: string): void {
    if (!MARGINS.has(name)) {
      this.#story?.close(name);
      return;
    }
    const text = lineOf(this.#blocks);
    if (text !== '') this.texts.add(text);
    this.#story = undefined;
  }
}
