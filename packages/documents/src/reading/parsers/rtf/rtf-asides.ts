import { isPageField, linkOfField } from '../docx/word-fields.ts';
import { levelOfName } from '../docx/word-styles.ts';
import type { RtfTarget } from './rtf-group.ts';

/** The texts of an RTF file outside of its story: its title, style names, fields, authors of comments, shapes. */
export class RtfAsides {
  title = '';
  readonly #levels = new Map<number, number>();
  /** Instructions of the open fields, innermost last. */
  readonly #instructions: string[] = [];
  #styleName = '';
  #author = '';
  #shapeProperty = { name: '', value: '' };

  /** Adds text to the target of the open group. */
  add(target: Exclude<RtfTarget, 'text'>, text: string): void {
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

  /** Sets the heading level of a style. */
  setLevel(style: number, level: number): void {
    this.#levels.set(style, level);
  }

  /** The heading level of a style; undefined: not a heading. */
  levelOf(style: number): number | undefined {
    return this.#levels.get(style);
  }

  /** Ends an entry of the style sheet. Its text is the style's name and a semicolon. */
  endStyle(style: number): void {
    const level = levelOfName(this.#styleName.replace(/;.*$/s, '').trim());
    if (level !== undefined) this.setLevel(style, level);
    this.#styleName = '';
  }

  /** The text of a comment with its author; empty without text. */
  endComment(text: string): string {
    const by = this.#author === '' ? '' : ` (${this.#author.trim()})`;
    this.#author = '';
    return text === '' ? '' : `Comment${by}: ${text}`;
  }

  startShapeProperty(): void {
    this.#shapeProperty = { name: '', value: '' };
  }

  /** The alternative text of a shape, if the property is that text. */
  endShapeProperty(): string | undefined {
    const { name, value } = this.#shapeProperty;
    return name.trim() === 'wzDescription' ? value.trim() : undefined;
  }

  startField(): void {
    this.#instructions.push('');
  }

  /** Whether the innermost field shows only page numbers. */
  get isInPageField(): boolean {
    return isPageField(this.#instructions.at(-1) ?? '');
  }

  /** Ends the innermost field. @returns the address of a link. */
  endField(): string | undefined {
    return linkOfField(this.#instructions.pop() ?? '');
  }
}
