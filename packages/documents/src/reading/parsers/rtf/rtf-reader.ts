import { limitExceeded, type ReadingLimits } from '../../limits.ts';
import { isPageField, linkOfField } from '../docx/word-fields.ts';
import { levelOfName, levelOfOutline } from '../docx/word-styles.ts';
import { FIRST_GROUP, type RtfGroup, type RtfTarget } from './rtf-group.ts';
import type { RtfStory } from './rtf-story.ts';
import { RtfText } from './rtf-text.ts';
import type { RtfHandler } from './rtf-tokenizer.ts';

/** Control words and symbols that stand for characters. */
const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ['tab', '\t'],
  ['line', '\n'],
  ['emdash', '—'],
  ['endash', '–'],
  ['lquote', '‘'],
  ['rquote', '’'],
  ['ldblquote', '“'],
  ['rdblquote', '”'],
  ['bullet', '•'],
  ['emspace', ' '],
  ['enspace', ' '],
  ['qmspace', ' '],
  ['~', '\u00a0'],
  ['_', '-'],
  ['\\', '\\'],
  ['{', '{'],
  ['}', '}'],
]);

/** Destinations whose text is no text of the document. */
const SKIPPED: ReadonlySet<string> = new Set(
  (
    'colortbl pict nonshppict objdata objclass listtext pntext nonesttables bkmkstart bkmkend xe tc tcn rxe ' +
    'atnid atndate atnref atntime author operator company subject keywords doccomm comment category manager hlinkbase ' +
    'filetbl revtbl listtable listoverridetable rsidtbl generator themedata datastore colorschememapping latentstyles ' +
    'private template fchars lchars ftnsep ftnsepc aftnsep aftnsepc ftncn aftncn pgdsctbl falt panose'
  ).split(' '),
);

/** Destinations whose text goes elsewhere. */
const TARGETS: ReadonlyMap<string, RtfTarget> = new Map<string, RtfTarget>([
  ['fonttbl', 'fonts'],
  ['stylesheet', 'styles'],
  ['title', 'title'],
  ['fldinst', 'instruction'],
  ['atnauthor', 'author'],
  ['sn', 'name'],
  ['sv', 'value'],
]);

const MARGINS = /^(?:header|footer)[lrf]?$/;

/** Reads the tokens of an RTF file: groups, fonts, styles, destinations, and the text between them. */
export class RtfReader implements RtfHandler {
  title = '';
  readonly #story: RtfStory;
  readonly #limits: ReadingLimits;
  readonly #text = new RtfText();
  readonly #groups: RtfGroup[] = [];
  readonly #levels = new Map<number, number>();
  readonly #instructions: string[] = [];
  readonly #words: Readonly<Record<string, (parameter: number | undefined) => void>>;
  #group: RtfGroup = { ...FIRST_GROUP };
  /** Bytes that are not decoded yet: a character may have several. */
  #bytes: number[] = [];
  #fallbackLeft = 0;
  #styleName = '';
  #author = '';
  #shapeProperty = { name: '', value: '' };

  constructor(story: RtfStory, limits: ReadingLimits) {
    this.#story = story;
    this.#limits = limits;
    this.#words = {
      ...this.#paragraphWords(),
      ...this.#propertyWords(),
      ...this.#fontWords(),
      ...this.#destinationWords(),
    };
  }

  startGroup(): void {
    this.#flush();
    this.#fallbackLeft = 0;
    this.#groups.push(this.#group);
    if (this.#groups.length > this.#limits.depth) throw limitExceeded('depth', this.#limits);
    this.#group = { ...this.#group, isOptional: false, onEnd: undefined };
  }

  endGroup(): void {
    this.#flush();
    this.#fallbackLeft = 0;
    if (this.#group.target === 'styles') this.#endStyle();
    this.#group.onEnd?.();
    this.#group = this.#groups.pop() ?? { ...FIRST_GROUP };
  }

  bytes(bytes: Uint8Array): void {
    if (this.#group.target === 'skipped') return;
    const skipped = Math.min(this.#fallbackLeft, bytes.length);
    this.#fallbackLeft -= skipped;
    for (let index = skipped; index < bytes.length; index += 1) this.#bytes.push(bytes[index] ?? 0);
  }

  control(word: string, parameter: number | undefined): void {
    if (this.#fallbackLeft > 0 && word !== 'u') {
      this.#fallbackLeft -= 1;
      if (CHARACTERS.has(word)) return;
    }
    this.#flush();
    if (word === '*') this.#group.isOptional = true;
    else if (word === 'u') this.#addUnicode(parameter ?? 0);
    else this.#act(word, parameter);
  }

  /** Ends the text, whatever groups are open. */
  end(): void {
    while (this.#groups.length > 0) this.endGroup();
    this.#flush();
    this.#story.end(this.#properties());
  }

  #act(word: string, parameter: number | undefined): void {
    const isOptional = this.#group.isOptional;
    this.#group.isOptional = false;
    const character = CHARACTERS.get(word);
    const target = TARGETS.get(word);
    if (this.#group.target === 'skipped') return;
    if (character !== undefined) this.#add(character);
    else if (target !== undefined) this.#group.target = target;
    else if (SKIPPED.has(word)) this.#group.target = 'skipped';
    else if (Object.hasOwn(this.#words, word)) this.#words[word]?.(parameter);
    else if (MARGINS.test(word)) this.#startAside((text) => this.#story.addMargin(text));
    else if (isOptional) this.#group.target = 'skipped';
  }

  #paragraphWords(): Record<string, (parameter: number | undefined) => void> {
    const endParagraph = () => this.#story.endParagraph(this.#properties());
    const breakPage = () => this.#story.paragraph.breakPage('break');
    return {
      par: endParagraph,
      '\n': endParagraph,
      '\r': endParagraph,
      nestcell: endParagraph,
      sect: () => {
        endParagraph();
        this.#story.paragraph.breakPage('style');
      },
      page: breakPage,
      softpage: () => this.#story.paragraph.breakPage('program'),
      cell: () => this.#story.endCell(this.#properties()),
      row: () => this.#story.endRow(),
      pard: () => {
        const { style, outlineLevel, isInTable, breaksBefore } = FIRST_GROUP;
        Object.assign(this.#group, { style, outlineLevel, isInTable, breaksBefore });
      },
    };
  }

  #propertyWords(): Record<string, (parameter: number | undefined) => void> {
    const isOn = (parameter: number | undefined) => parameter !== 0;
    return {
      s: (parameter) => (this.#group.style = parameter ?? 0),
      outlinelevel: (parameter) => this.#setOutline(levelOfOutline(String(parameter))),
      intbl: () => (this.#group.isInTable = true),
      pagebb: (parameter) => (this.#group.breaksBefore = isOn(parameter)),
      plain: () => Object.assign(this.#group, { isHidden: false, isDeleted: false }),
      v: (parameter) => (this.#group.isHidden = isOn(parameter)),
      deleted: (parameter) => (this.#group.isDeleted = isOn(parameter)),
      uc: (parameter) => (this.#group.fallbackLength = Math.max(0, parameter ?? 1)),
    };
  }

  #fontWords(): Record<string, (parameter: number | undefined) => void> {
    return {
      ansicpg: (parameter) => this.#text.useCodePage(parameter ?? 1252),
      mac: () => this.#text.useCodePage(10_000),
      f: (parameter) => (this.#group.font = parameter ?? 0),
      fcharset: (parameter) => {
        if (this.#group.target === 'fonts') this.#text.nameCharset(this.#group.font, parameter ?? 0);
      },
    };
  }

  #destinationWords(): Record<string, (parameter: number | undefined) => void> {
    const note = () => this.#startAside((text) => this.#story.paragraph.addBehind(text));
    return {
      footnote: note,
      shptxt: note,
      annotation: () => this.#startAside((text) => this.#endComment(text)),
      // The same text follows in Unicode.
      upr: () => (this.#group.target = 'skipped'),
      ud: () => undefined,
      shpinst: () => undefined,
      shppict: () => undefined,
      picprop: () => undefined,
      sp: () => this.#startShapeProperty(),
      field: () => this.#startField(),
      fldrslt: () => this.#startResult(),
    };
  }

  #startAside(use: (text: string) => void): void {
    this.#story.startAside();
    this.#group.onEnd = () => {
      const text = this.#story.endAside();
      if (!this.#group.isDeleted && !this.#group.isHidden) use(text);
    };
    Object.assign(this.#group, { isInTable: false, style: 0, outlineLevel: undefined });
  }

  #endComment(text: string): void {
    const by = this.#author === '' ? '' : ` (${this.#author.trim()})`;
    this.#author = '';
    if (text !== '') this.#story.paragraph.addBehind(`Comment${by}: ${text}`);
  }

  #startShapeProperty(): void {
    this.#shapeProperty = { name: '', value: '' };
    this.#group.onEnd = () => {
      const { name, value } = this.#shapeProperty;
      if (name.trim() === 'wzDescription') this.#story.paragraph.addBehind(value.trim());
    };
  }

  #startField(): void {
    this.#instructions.push('');
    this.#group.onEnd = () => {
      const address = linkOfField(this.#instructions.pop() ?? '');
      if (address !== undefined) this.#story.paragraph.addAddress(address);
    };
  }

  #startResult(): void {
    if (isPageField(this.#instructions.at(-1) ?? '')) this.#group.target = 'skipped';
  }

  #setOutline(level: number | undefined): void {
    if (this.#group.target !== 'styles') this.#group.outlineLevel = level;
    else if (level !== undefined) this.#levels.set(this.#group.style, level);
  }

  /** Ends an entry of the style sheet: its text is the style's name, ended by a semicolon. */
  #endStyle(): void {
    const level = levelOfName(this.#styleName.replace(/;.*$/s, '').trim());
    if (level !== undefined) this.#levels.set(this.#group.style, level);
    this.#styleName = '';
  }

  #properties(): { level: number | undefined; isInTable: boolean; breaksBefore: boolean } {
    const { outlineLevel, style, isInTable, breaksBefore } = this.#group;
    return { level: this.#levels.get(style) ?? outlineLevel, isInTable, breaksBefore };
  }

  #addUnicode(code: number): void {
    this.#fallbackLeft = this.#group.fallbackLength;
    this.#add(String.fromCharCode(code & 0xffff));
  }

  #flush(): void {
    if (this.#bytes.length === 0) return;
    const text = this.#text.decode(Uint8Array.from(this.#bytes), this.#group.font);
    this.#bytes = [];
    this.#add(text);
  }

  #add(text: string): void {
    const { target, isHidden, isDeleted } = this.#group;
    if (target === 'text') {
      if (!isHidden && !isDeleted) this.#story.paragraph.add(text);
    } else this.#addElsewhere(target, text);
  }

  #addElsewhere(target: Exclude<RtfTarget, 'text'>, text: string): void {
    switch (target) {
      case 'styles':
        this.#styleName += text;
        break;
      case 'title':
        this.title += text;
        break;
      case 'instruction':
        this.#instructions.push((this.#instructions.pop() ?? '') + text);
        break;
      case 'author':
        this.#author += text;
        break;
      case 'name':
        this.#shapeProperty.name += text;
        break;
      case 'value':
        this.#shapeProperty.value += text;
        break;
      case 'fonts':
      case 'skipped':
        break;
      default:
        target satisfies never;
    }
  }
}
