import { Tokenizer, TokenizerMode, type Token } from 'parse5';

/** Number of attributes of a tag that are read. Further ones are ignored. */
const MOST_ATTRIBUTES = 200;

/** Elements whose content is not markup: https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inbody */
const MODES: ReadonlyMap<string, (typeof TokenizerMode)[keyof typeof TokenizerMode]> = new Map([
  ['title', TokenizerMode.RCDATA],
  ['textarea', TokenizerMode.RCDATA],
  ['style', TokenizerMode.RAWTEXT],
  ['xmp', TokenizerMode.RAWTEXT],
  ['iframe', TokenizerMode.RAWTEXT],
  ['noembed', TokenizerMode.RAWTEXT],
  ['noframes', TokenizerMode.RAWTEXT],
  ['script', TokenizerMode.SCRIPT_DATA],
  ['plaintext', TokenizerMode.PLAINTEXT],
]);

/** Receives the parts of a page. */
export interface HtmlHandler {
  onStart: (name: string, attributes: ReadonlyMap<string, string>) => void;
  onEnd: (name: string) => void;
  onText: (text: string) => void;
  /** Whether the place is within SVG or MathML, where the content of every element is markup. */
  isForeign: () => boolean;
}

class BoundedTokenizer extends Tokenizer {
  protected override _leaveAttrName(): void {
    const token = this.currentToken;
    if (token !== null && 'attrs' in token && token.attrs.length >= MOST_ATTRIBUTES) return;
    super._leaveAttrName();
  }
}

/** Divides HTML, given in pieces, into tags and text as browsers do (WHATWG HTML, section 13.2.5). */
export class HtmlTokenizer {
  readonly #tokenizer: BoundedTokenizer;
  readonly #handler: HtmlHandler;
  /** XHTML: `<title/>` is an empty element. */
  #isXml = false;
  #isFirst = true;

  constructor(handler: HtmlHandler) {
    this.#handler = handler;
    this.#tokenizer = new BoundedTokenizer(
      { sourceCodeLocationInfo: false },
      {
        onComment: () => undefined,
        onDoctype: ({ publicId }) => (this.#isXml ||= publicId?.includes('XHTML') ?? false),
        onStartTag: (token) => this.#start(token),
        onEndTag: ({ tagName }) => this.#handler.onEnd(tagName),
        onEof: () => undefined,
        onCharacter: ({ chars }) => this.#handler.onText(chars),
        onNullCharacter: () => undefined,
        onWhitespaceCharacter: ({ chars }) => this.#handler.onText(chars),
      },
    );
  }

  write(html: string): void {
    if (this.#isFirst) this.#isXml = /^\s*<\?xml\s/.test(html);
    this.#isFirst = false;
    this.#tokenizer.write(html, false);
  }

  end(): void {
    this.#tokenizer.write('', true);
  }

  #start({ tagName, attrs, selfClosing }: Token.TagToken): void {
    const attributes = new Map(attrs.map(({ name, value }) => [name, value]));
    if (tagName === 'html' && attributes.get('xmlns')?.endsWith('/xhtml') === true) this.#isXml = true;
    const isForeign = this.#handler.isForeign();
    this.#handler.onStart(tagName, attributes);
    if (selfClosing && (this.#isXml || isForeign)) {
      this.#handler.onEnd(tagName);
    } else if (!isForeign) {
      this.#tokenizer.state = MODES.get(tagName) ?? this.#tokenizer.state;
    }
    this.#tokenizer.inForeignNode = this.#isXml || this.#handler.isForeign();
  }
}
