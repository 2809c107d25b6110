/** Inline HTML: CommonMark, section 6.6. Attributes in quotes may hold any character. */
const TAG = /<(\/?)([a-z][a-z0-9-]*)((?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*)\s*\/?>/iy;
const ATTRIBUTE = /([a-z_:][\w.:-]*)\s*=\s*(?:([^\s"'=<>`]+)|'([^']*)'|"([^"]*)")/gi;
/** Longest tag (characters). */
const LONGEST_TAG = 10_000;

/** Openings of markup without text up to its end. */
const SILENT = [
  { start: '<!--', end: '-->' },
  { start: '<?', end: '?>' },
  { start: '<![CDATA[', end: ']]>' },
  { start: '<!', end: '>' },
];

/** A tag: its name, with a slash for an end tag. A comment has no name. */
export interface InlineTag {
  name: string;
  attributes: ReadonlyMap<string, string>;
  /** Offset at which the text continues. */
  end: number;
}

/** Finds inline HTML in a text. A missing end mark is looked for only once, so that the time is linear. */
export class InlineHtml {
  readonly #text: string;
  readonly #missing = new Set<string>();

  constructor(text: string) {
    this.#text = text;
  }

  /** The tag or comment that begins at `start`; undefined if there is none. */
  at(start: number): InlineTag | undefined {
    const silent = SILENT.find((each) => this.#text.startsWith(each.start, start));
    if (silent !== undefined) {
      const end = this.#find(silent.end, start + silent.start.length);
      return end === -1 ? undefined : { name: '', attributes: new Map(), end: end + silent.end.length };
    }
    const next = this.#find('>', start);
    if (next === -1) return undefined;
    return this.#tagAt(start);
  }

  #tagAt(start: number): InlineTag | undefined {
    TAG.lastIndex = start;
    const [whole, slash = '', name = '', attributes = ''] = TAG.exec(this.#text) ?? [];
    if (whole === undefined || whole.length > LONGEST_TAG) return undefined;
    const found = new Map<string, string>();
    for (const [, key = '', ...values] of attributes.matchAll(ATTRIBUTE)) {
      found.set(key.toLowerCase(), values.find((value) => typeof value === 'string') ?? '');
    }
    return { name: slash + name.toLowerCase(), attributes: found, end: start + whole.length };
  }

  #find(mark: string, from: number): number {
    if (this.#missing.has(mark)) return -1;
    const found = this.#text.indexOf(mark, from);
    if (found === -1) this.#missing.add(mark);
    return found;
  }
}
