import { Parser } from 'htmlparser2';
import { limitExceeded, type ReadingLimits } from '../limits.ts';

/** Values by attribute name without prefix. Attributes of the relationships namespace are named `r:…`. */
export type XmlAttributes = Readonly<Record<string, string>>;

/** Receives the elements of an XML text in order. Names have no prefix. */
export interface XmlHandler {
  /** @returns `skip` to leave out the element and its content; `close` is not called for it. */
  open(name: string, attributes: XmlAttributes): 'skip' | undefined;
  text(text: string): void;
  close(name: string): void;
}

const RELATIONSHIPS = /\/officeDocument\/(2006\/)?relationships$/;

/**
 * Reads XML piece by piece and keeps nothing of it. It does not expand entities that the document defines, and it opens
 * nothing outside of the document. So neither can make the text larger.
 */
export class XmlReader {
  readonly #handler: XmlHandler;
  readonly #limits: ReadingLimits;
  readonly #relationshipPrefixes = new Set(['r']);
  readonly #parser: Parser;
  #depth = 0;
  /** Depth of the skipped element; 0: none. */
  #skippedFrom = 0;

  constructor(handler: XmlHandler, limits: ReadingLimits) {
    this.#handler = handler;
    this.#limits = limits;
    this.#parser = new Parser(
      {
        onopentag: (name, attributes) => this.#open(name, attributes),
        ontext: (text) => this.#text(text),
        onclosetag: (name) => this.#close(name),
      },
      { xmlMode: true },
    );
  }

  /** @throws DocumentError DOCUMENT_TOO_COMPLEX at the limit of nesting. */
  write(xml: string): void {
    this.#parser.write(xml);
  }

  end(): void {
    this.#parser.end();
  }

  #open(name: string, attributes: Record<string, string>): void {
    this.#depth += 1;
    if (this.#depth > this.#limits.depth) throw limitExceeded('depth', this.#limits);
    if (this.#skippedFrom > 0) return;
    if (this.#handler.open(withoutPrefix(name), this.#plain(attributes)) === 'skip') this.#skippedFrom = this.#depth;
  }

  #text(text: string): void {
    if (this.#skippedFrom === 0) this.#handler.text(text);
  }

  #close(name: string): void {
    const isSkipped = this.#skippedFrom > 0;
    if (this.#skippedFrom === this.#depth) this.#skippedFrom = 0;
    this.#depth -= 1;
    if (!isSkipped) this.#handler.close(withoutPrefix(name));
  }

  #plain(attributes: Record<string, string>): XmlAttributes {
    const plain: Record<string, string> = {};
    for (const [name, value] of Object.entries(attributes)) {
      const prefix = /^([^:]*):/.exec(name)?.[1];
      if (prefix === 'xmlns' && RELATIONSHIPS.test(value)) this.#relationshipPrefixes.add(withoutPrefix(name));
      if (prefix !== undefined && this.#relationshipPrefixes.has(prefix)) plain[`r:${withoutPrefix(name)}`] = value;
      else plain[withoutPrefix(name)] = value;
    }
    return plain;
  }
}

function withoutPrefix(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
