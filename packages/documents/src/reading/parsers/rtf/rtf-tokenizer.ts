/** Takes the tokens of an RTF file. */
export interface RtfHandler {
  startGroup(): void;
  endGroup(): void;
  /** A control word, or a control symbol such as `~`; the parameter is undefined if it has none. */
  control(word: string, parameter: number | undefined): void;
  /** Bytes of text, in the encoding of the current font. */
  bytes(bytes: Uint8Array): void;
}

const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const MINUS = 0x2d;
const QUOTE = 0x27;
/** Longest control word, and longest parameter (characters): the specification allows 32 and 10. */
const LONGEST_WORD = 64;

/** Divides the bytes of an RTF file into its tokens, one stretch at a time. */
export class RtfTokenizer {
  readonly #bytes: Uint8Array;
  readonly #handler: RtfHandler;
  #position = 0;

  constructor(bytes: Uint8Array, handler: RtfHandler) {
    this.#bytes = bytes;
    this.#handler = handler;
    this.#position = Math.max(0, bytes.indexOf(OPEN));
  }

  /** Number of bytes read. */
  get position(): number {
    return this.#position;
  }

  /**
   * Reads up to about this position.
   * @returns whether more follows.
   */
  readTo(end: number): boolean {
    while (this.#position < Math.min(end, this.#bytes.length)) this.#readToken();
    return this.#position < this.#bytes.length;
  }

  #readToken(): void {
    const byte = this.#bytes[this.#position];
    if (byte === BACKSLASH) this.#readControl();
    else if (byte === OPEN) this.#step(() => this.#handler.startGroup());
    else if (byte === CLOSE) this.#step(() => this.#handler.endGroup());
    else if (byte === LINE_FEED || byte === RETURN || byte === 0) this.#position += 1;
    else this.#readText();
  }

  #step(act: () => void): void {
    this.#position += 1;
    act();
  }

  #readText(): void {
    const start = this.#position;
    let end = start;
    while (end < this.#bytes.length && !isSpecial(this.#bytes[end])) end += 1;
    this.#position = end;
    this.#handler.bytes(this.#bytes.subarray(start, end));
  }

  #readControl(): void {
    const next = this.#bytes[this.#position + 1] ?? SPACE;
    if (next === QUOTE) this.#readHexByte();
    else if (isLetter(next)) this.#readWord();
    else {
      this.#position += 2;
      this.#handler.control(String.fromCharCode(next), undefined);
    }
  }

  #readHexByte(): void {
    const digits = this.#textAt(this.#position + 2, 2);
    const isHex = /^[\da-f]{2}$/i.test(digits);
    this.#position += isHex ? 4 : 2;
    if (isHex) this.#handler.bytes(Uint8Array.of(Number.parseInt(digits, 16)));
  }

  #readWord(): void {
    const start = this.#position + 1;
    const wordEnd = this.#endOf(start, isLetter);
    const sign = this.#bytes[wordEnd] === MINUS ? 1 : 0;
    const end = this.#endOf(wordEnd + sign, isDigit);
    const hasParameter = end > wordEnd + sign;
    const word = this.#textAt(start, wordEnd - start);
    const parameter = hasParameter ? Number(this.#textAt(wordEnd, end - wordEnd)) : undefined;
    this.#position = hasParameter ? end : wordEnd;
    if (this.#bytes[this.#position] === SPACE) this.#position += 1;
    if (word === 'bin') this.#position += Math.max(0, parameter ?? 0);
    else this.#handler.control(word, parameter);
  }

  #endOf(start: number, fits: (byte: number) => boolean): number {
    let end = start;
    while (end < start + LONGEST_WORD && fits(this.#bytes[end] ?? 0)) end += 1;
    return end;
  }

  #textAt(start: number, length: number): string {
    return String.fromCharCode(...this.#bytes.subarray(start, start + length));
  }
}

function isSpecial(byte: number | undefined): boolean {
  return byte === BACKSLASH || byte === OPEN || byte === CLOSE || byte === LINE_FEED || byte === RETURN || byte === 0;
}

function isLetter(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a);
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
