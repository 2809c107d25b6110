import type { XmlAttributes } from '../../xml/xml-reader.ts';

interface OpenStyle {
  parent?: string;
  isHidden?: boolean;
  breakBefore?: boolean;
  breakAfter?: boolean;
}

/** Longest chain of styles based on each other. A longer chain is a circle. */
const LONGEST_CHAIN = 20;

/** The styles of an OpenDocument file: which hide their text, and which begin or end a page. */
export class OpenStyles {
  readonly #styles = new Map<string, OpenStyle>();
  #style: OpenStyle = {};

  /** Reads a style from an element of `styles.xml` or `content.xml`. */
  learn(element: string, attributes: XmlAttributes): void {
    if (element === 'style') this.#start(attributes);
    else if (element === 'text-properties') this.#learnText(attributes);
    else if (element === 'paragraph-properties') this.#learnParagraph(attributes);
  }

  isHidden(name: string | undefined): boolean {
    return this.#inherited(name, ({ isHidden }) => isHidden) ?? false;
  }

  breaksBefore(name: string | undefined): boolean {
    return this.#inherited(name, ({ breakBefore }) => breakBefore) ?? false;
  }

  breaksAfter(name: string | undefined): boolean {
    return this.#inherited(name, ({ breakAfter }) => breakAfter) ?? false;
  }

  #start({ name, 'parent-style-name': parent, 'master-page-name': masterPage }: XmlAttributes): void {
    this.#style = {
      ...(parent === undefined ? {} : { parent }),
      ...(masterPage === undefined || masterPage === '' ? {} : { breakBefore: true }),
    };
    if (name !== undefined) this.#styles.set(name, this.#style);
  }

  #learnText({ display }: XmlAttributes): void {
    if (display !== undefined) this.#style.isHidden = display === 'none';
  }

  #learnParagraph({ 'break-before': before, 'break-after': after }: XmlAttributes): void {
    if (before !== undefined) this.#style.breakBefore ||= before === 'page';
    if (after !== undefined) this.#style.breakAfter = after === 'page';
  }

  #inherited(name: string | undefined, valueOf: (style: OpenStyle) => boolean | undefined): boolean | undefined {
    let style = this.#styles.get(name ?? '');
    for (let step = 0; style !== undefined && step < LONGEST_CHAIN; step += 1) {
      const value = valueOf(style);
      if (value !== undefined) return value;
      style = this.#styles.get(style.parent ?? '');
    }
    return undefined;
  }
}
