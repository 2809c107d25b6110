/** Separators between texts, weakest first. */
const SEPARATORS = ['', ' ', ' | ', '\n', '\n\n'] as const;
export type Separator = (typeof SEPARATORS)[number];

/**
 * Text as it flows on a page. White space becomes one space. Between two texts only the strongest separator is written.
 */
export class FlowingText {
  readonly #write: (text: string) => void;
  #pending: Separator = '';
  #isEmpty = true;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** Whether no text has been written since the last `restart`. */
  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  /** Adds text whose white space counts as one space. */
  add(text: string): void {
    const collapsed = text.replace(/[ \t\n\f\r]+/g, ' ');
    if (collapsed.startsWith(' ')) this.separate(' ');
    const shown = collapsed.slice(Number(collapsed.startsWith(' ')));
    if (shown === '') return;
    const endsWithSpace = shown.endsWith(' ');
    this.addAsIs(endsWithSpace ? shown.slice(0, -1) : shown);
    if (endsWithSpace) this.separate(' ');
  }

  /** Adds preformatted text. */
  addAsIs(text: string): void {
    if (text === '') return;
    this.#write(this.#isEmpty ? text : this.#pending + text);
    this.#pending = '';
    this.#isEmpty = false;
  }

  /** Separates the next text from the last one by at least this separator. */
  separate(separator: Separator): void {
    if (SEPARATORS.indexOf(separator) > SEPARATORS.indexOf(this.#pending)) this.#pending = separator;
  }

  /** Ends a line. A second call ends the paragraph. */
  breakLine(): void {
    this.#pending = this.#pending.startsWith('\n') ? '\n\n' : '\n';
  }

  /** Replaces the separators since the last text. */
  separateBy(separator: Separator): void {
    this.#pending = separator;
  }

  /** Treats the next text as the first. */
  restart(): void {
    this.#pending = '';
    this.#isEmpty = true;
  }
}
