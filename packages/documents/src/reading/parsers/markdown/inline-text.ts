import { decodeHTMLStrict } from 'entities';
import type { LinkNotes } from '../html/link-notes.ts';
import { CodeSpans } from './code-spans.ts';
import { Delimiters, type Mark } from './delimiters.ts';
import { InlineHtml, type InlineTag } from './inline-html.ts';
import { inlineTargetAt, labelAt, sameLabel, type LinkTarget } from './link-targets.ts';

/** A run of characters without possible markup. */
const PLAIN = /[^\\`*_~[\]!<&\n]+/y;
const RUN = { '`': /`+/y, '*': /\*+/y, _: /_+/y, '~': /~+/y };
const ESCAPE = /\\([!-/:-@[-`{-~])/y;
const AUTOLINK = /<([a-z][a-z0-9.+-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]{1,100}@[a-z0-9.-]{1,255})>/iy;
const ENTITY = /&(?:#x[0-9a-f]{1,6}|#\d{1,7}|[a-z][a-z0-9]{1,31});/iy;
const FOOTNOTE = /\[\^([^\]\s[]{1,200})\]/y;
/** Characters of scripts without spaces. Between two of them, a line end becomes no space. */
const UNSPACED = /[\u2e80-\u30ff\u3400-\u9fff\uff00-\uffef]/;
/** The end of a line that may divide a word. If the line end stays, search finds both parts as one word. */
const DIVIDED = /\p{L}[-‐]$/u;
const LOWER_CASE = /\p{Ll}/u;
/** Largest distance (characters) from its scheme at which a URL is recognised. */
const LONGEST_URL_START = 200;
/** Largest depth of nested links. */
const MOST_BRACKETS = 1_000;

/** The definitions of links and the notes of URLs that a paragraph's text needs. */
export interface InlineContext {
  /** Labels in the form of `sameLabel`. */
  definitions: ReadonlySet<string>;
  notes: LinkNotes;
}

/** Turns the inline markup of a Markdown paragraph into text, in linear time. */
export function inlineText(markdown: string, context: InlineContext): string {
  return new InlineParser(markdown, context).parse();
}

class InlineParser {
  readonly #text: string;
  readonly #context: InlineContext;
  readonly #output: string[] = [];
  readonly #delimiters = new Delimiters(this.#output);
  readonly #code: CodeSpans;
  readonly #html: InlineHtml;
  /** Open brackets: the place in the output, and the offset after the bracket in the text. */
  #brackets: { place: number; start: number; isImage: boolean }[] = [];
  /** An open link of inline HTML. */
  #anchor: { url: string; place: number } | undefined;
  #position = 0;

  constructor(text: string, context: InlineContext) {
    this.#text = text;
    this.#context = context;
    this.#code = new CodeSpans(text);
    this.#html = new InlineHtml(text);
  }

  parse(): string {
    while (this.#position < this.#text.length) {
      if (!this.#takePlain()) this.#takeMarkup(this.#text.charAt(this.#position));
    }
    return this.#output.join('');
  }

  #takePlain(): boolean {
    const plain = this.#match(PLAIN);
    if (plain === undefined) return false;
    this.#emit(plain[0], plain[0].length);
    return true;
  }

  #takeMarkup(character: string): void {
    switch (character) {
      case '\\':
        return this.#takeEscape();
      case '`':
        return this.#takeCode();
      case '*':
      case '_':
      case '~':
        return this.#takeMarks(character);
      case '\n':
        return this.#takeLineEnd();
      case '<':
        return this.#takeHtml();
      case '&':
        return this.#takeEntity();
      default:
        return this.#takeBracket(character);
    }
  }

  #takeEscape(): void {
    const escaped = this.#match(ESCAPE);
    if (escaped?.[1] !== undefined) this.#emit(escaped[1], 2);
    else if (this.#text[this.#position + 1] === '\n') this.#emit('\n', 2);
    else this.#emit('\\', 1);
  }

  #takeCode(): void {
    const run = this.#match(RUN['`'])?.[0] ?? '`';
    const span = this.#code.at(this.#position, run.length);
    if (span === undefined) this.#emit(run, run.length);
    else this.#emit(span.code, span.end - this.#position);
  }

  #takeMarks(mark: Mark): void {
    const { length } = this.#match(RUN[mark])?.[0] ?? mark;
    if (isInUrl(this.#text, this.#position)) return this.#emit(mark.repeat(length), length);
    const before = characterBefore(this.#text, this.#position);
    const after = String.fromCodePoint(this.#text.codePointAt(this.#position + length) ?? 0x20);
    this.#delimiters.add(mark, { length, before, after });
    this.#position += length;
  }

  /**
   * Two spaces before a line end keep the line end, and so does a hyphen that may divide a word. Any other line end
   * becomes a space.
   */
  #takeLineEnd(): void {
    const before = this.#text.slice(Math.max(0, this.#position - 2), this.#position);
    const after = this.#text.charAt(this.#position + 1);
    if (before === '  ' || (DIVIDED.test(before) && LOWER_CASE.test(after))) this.#emit('\n', 1);
    else this.#emit(UNSPACED.test(before.slice(-1)) && UNSPACED.test(after) ? '' : ' ', 1);
  }

  #takeHtml(): void {
    const link = this.#match(AUTOLINK);
    const tag = link === undefined ? this.#html.at(this.#position) : undefined;
    if (link?.[1] !== undefined) this.#emit(link[1], link[0].length);
    else if (tag === undefined) this.#emit('<', 1);
    else this.#takeTag(tag);
  }

  #takeTag(tag: InlineTag): void {
    this.#position = tag.end;
    if (tag.name === 'br') this.#output.push('\n');
    else if (tag.name === 'img') this.#output.push(tag.attributes.get('alt') ?? '');
    else if (tag.name === 'a') this.#anchor = { url: tag.attributes.get('href') ?? '', place: this.#output.length };
    else if (tag.name === '/a' && this.#anchor !== undefined) {
      this.#context.notes.addUrl(this.#anchor.url, this.#output.slice(this.#anchor.place).join(''));
      this.#anchor = undefined;
    }
  }

  #takeEntity(): void {
    const entity = this.#match(ENTITY)?.[0] ?? '&';
    this.#emit(decodeHTMLStrict(entity), entity.length);
  }

  #takeBracket(character: string): void {
    if (character === ']') return this.#closeBracket();
    const footnote = this.#match(FOOTNOTE);
    if (footnote?.[1] !== undefined) return this.#emit(`[${footnote[1]}]`, footnote[0].length);
    const isImage = character === '!' && this.#text[this.#position + 1] === '[';
    if (character === '[' || isImage) this.#openBracket(isImage);
    else this.#emit(character, 1);
  }

  #openBracket(isImage: boolean): void {
    const length = isImage ? 2 : 1;
    const start = this.#position + length;
    if (this.#brackets.length >= MOST_BRACKETS) this.#brackets = this.#brackets.slice(MOST_BRACKETS / 2);
    this.#brackets.push({ place: this.#output.length, start, isImage });
    this.#emit(isImage ? '![' : '[', length);
  }

  #closeBracket(): void {
    const bracket = this.#brackets.pop();
    const target = bracket === undefined ? undefined : this.#targetAt(bracket.start);
    if (bracket === undefined || target === undefined) return this.#emit(']', 1);
    this.#output[bracket.place] = '';
    this.#position = target.end;
    if (!bracket.isImage) {
      this.#context.notes.addUrl(target.url, this.#output.slice(bracket.place).join(''));
      // Links do not nest.
      this.#brackets = [];
    }
    this.#context.notes.add(target.title);
  }

  /** The target of the link whose text begins at `start` and ends here. */
  #targetAt(start: number): LinkTarget | undefined {
    const { definitions } = this.#context;
    const behind = this.#position + 1;
    const inline = inlineTargetAt(this.#text, behind);
    if (inline !== undefined) return inline;
    const label = labelAt(this.#text, behind);
    const own = this.#position - start > MOST_BRACKETS ? '' : this.#text.slice(start, this.#position);
    if (label !== undefined && definitions.has(sameLabel(label.label === '' ? own : label.label))) {
      return { url: '', title: '', end: label.end };
    }
    return label === undefined && definitions.has(sameLabel(own)) ? { url: '', title: '', end: behind } : undefined;
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#position;
    return pattern.exec(this.#text) ?? undefined;
  }

  #emit(text: string, length: number): void {
    this.#output.push(text);
    this.#position += length;
  }
}

function characterBefore(text: string, position: number): string {
  if (position === 0) return '';
  const last = text.charAt(position - 1);
  return /[\udc00-\udfff]/.test(last) ? text.slice(position - 2, position) : last;
}

/** Whether the word before a place begins a URL. Only its last 200 characters are examined. */
function isInUrl(text: string, position: number): boolean {
  const before = text.slice(Math.max(0, position - LONGEST_URL_START), position);
  const scheme = before.lastIndexOf('://');
  return scheme !== -1 && !/\s/.test(before.slice(scheme));
}
