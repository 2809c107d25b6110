import { limitExceeded, type ReadingLimits } from '../../limits.ts';
import { levelOfOutline } from '../docx/word-styles.ts';
import { RtfAsides } from './rtf-asides.ts';
import { FIRST_GROUP, type RtfGroup } from './rtf-group.ts';
import type { RtfStory } from './rtf-story.ts';
import { RtfText } from './rtf-text.ts';
import type { RtfHandler } from './rtf-tokenizer.ts';
import { CHARACTERS, MARGINS, TARGETS } from './rtf-words.ts';

type ControlWords = Readonly<Record<string, (parameter: number | undefined) => void>>;

/**
 * Reads the tokens of an RTF file: groups, fonts, styles, destinations, and the text between them.
 *
 * The mode is the target of the open group. A group begins with the mode of the group around it, and its end restores
 * that mode. A control word that names a destination changes the mode. `skipped` lasts until the group's end.
 */
export class RtfReader implements RtfHandler {
  readonly #story: RtfStory;
  readonly #limits: ReadingLimits;
  readonly #text = new RtfText();
  readonly #groups: RtfGroup[] = [];
  readonly #asides = new RtfAsides();
  readonly #words: ControlWords;
  #group: RtfGroup = { ...FIRST_GROUP };
  /** Bytes that are not decoded yet, because a character may have several. */
  #bytes: number[] = [];
  /** Number of characters to skip after a Unicode character. */
  #fallbackLeft = 0;

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

  get title(): string {
    return this.#asides.title;
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
    if (this.#group.target === 'styles') this.#asides.endStyle(this.#group.style);
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

  /** Ends the text and all open groups. */
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
    else if (Object.hasOwn(this.#words, word)) this.#words[word]?.(parameter);
    else if (MARGINS.test(word)) this.#startAside((text) => this.#story.addMargin(text));
    else if (isOptional) this.#group.target = 'skipped';
  }

  #paragraphWords(): ControlWords {
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

  #propertyWords(): ControlWords {
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

  #fontWords(): ControlWords {
    return {
      ansicpg: (parameter) => this.#text.useCodePage(parameter ?? 1252),
      mac: () => this.#text.useCodePage(10_000),
      f: (parameter) => (this.#group.font = parameter ?? 0),
      fcharset: (parameter) => {
        if (this.#group.target === 'fonts') this.#text.nameCharset(this.#group.font, parameter ?? 0);
      },
    };
  }

  #destinationWords(): ControlWords {
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
    const comment = this.#asides.endComment(text);
    if (comment !== '') this.#story.paragraph.addBehind(comment);
  }

  #startShapeProperty(): void {
    this.#asides.startShapeProperty();
    this.#group.onEnd = () => {
      const description = this.#asides.endShapeProperty();
      if (description !== undefined) this.#story.paragraph.addBehind(description);
    };
  }

  #startField(): void {
    this.#asides.startField();
    this.#group.onEnd = () => {
      const address = this.#asides.endField();
      if (address !== undefined) this.#story.paragraph.addAddress(address);
    };
  }

  #startResult(): void {
    if (this.#asides.isInPageField) this.#group.target = 'skipped';
  }

  #setOutline(level: number | undefined): void {
    if (this.#group.target !== 'styles') this.#group.outlineLevel = level;
    else if (level !== undefined) this.#asides.setLevel(this.#group.style, level);
  }

  #properties(): { level: number | undefined; isInTable: boolean; breaksBefore: boolean } {
    const { outlineLevel, style, isInTable, breaksBefore } = this.#group;
    return { level: this.#asides.levelOf(style) ?? outlineLevel, isInTable, breaksBefore };
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
    if (target !== 'text') this.#asides.add(target, text);
    else if (!isHidden && !isDeleted) this.#story.paragraph.add(text);
  }
}
