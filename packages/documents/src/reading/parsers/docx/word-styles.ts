import type { XmlAttributes, XmlHandler } from '../../xml/xml-reader.ts';

interface Style {
  basedOn?: string;
  level?: number;
  isHidden?: boolean;
}

/** Longest chain of styles based on each other. A longer chain is a circle. */
const LONGEST_CHAIN = 20;
/** Outline level that means ordinary text. */
const BODY_LEVEL = 9;

/** Whether a WordprocessingML switch is on. Without a value it is on. */
export function isOn(value: string | undefined): boolean {
  return value === undefined || !['0', 'false', 'off', 'none'].includes(value.toLowerCase());
}

/** The heading level that an outline level means; undefined: ordinary text. */
export function levelOfOutline(value: string | undefined): number | undefined {
  const level = Number(value);
  return Number.isInteger(level) && level >= 0 && level < BODY_LEVEL ? level + 1 : undefined;
}

/** The level that a style's name or id states. Programs translate ids, but not the names of built-in styles. */
export function levelOfName(name: string): number | undefined {
  if (/^title$/i.test(name)) return 0;
  const level = /^heading ?([1-9])$/i.exec(name)?.[1];
  return level === undefined ? undefined : Number(level);
}

/** The styles of a document: the heading styles, and the styles that hide their text. */
export class WordStyles implements XmlHandler {
  readonly #styles = new Map<string, Style>();
  #style: Style = {};

  open(name: string, attributes: XmlAttributes): undefined {
    switch (name) {
      case 'style':
        this.#style = {};
        if (attributes['styleId'] !== undefined) this.#styles.set(attributes['styleId'], this.#style);
        break;
      case 'name':
        this.#setLevel(levelOfName(attributes['val'] ?? ''));
        break;
      case 'outlineLvl':
        this.#setLevel(this.#style.level ?? levelOfOutline(attributes['val']));
        break;
      case 'basedOn':
        if (attributes['val'] !== undefined) this.#style.basedOn = attributes['val'];
        break;
      case 'vanish':
        this.#style.isHidden = isOn(attributes['val']);
        break;
      default:
    }
    return undefined;
  }

  text(): void {
    // Styles hold no text.
  }

  close(name: string): void {
    if (name === 'style') this.#style = {};
  }

  /** The heading level of a paragraph style, 0 for a document's title; undefined: no heading. */
  levelOf(id: string): number | undefined {
    return this.#inherited(id, ({ level }) => level) ?? (this.#styles.has(id) ? undefined : levelOfName(id));
  }

  isHidden(id: string): boolean {
    return this.#inherited(id, ({ isHidden }) => isHidden) ?? false;
  }

  #setLevel(level: number | undefined): void {
    if (level !== undefined) this.#style.level = level;
  }

  #inherited<Value>(id: string, valueOf: (style: Style) => Value | undefined): Value | undefined {
    let style = this.#styles.get(id);
    for (let step = 0; style !== undefined && step < LONGEST_CHAIN; step += 1) {
      const value = valueOf(style);
      if (value !== undefined) return value;
      style = this.#styles.get(style.basedOn ?? '');
    }
    return undefined;
  }
}
