/** Elements that begin an HTML block up to the next blank line: CommonMark, section 4.6, condition 6. */
const BLOCK_NAMES =
  'address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|' +
  'fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|' +
  'menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|' +
  'track|ul';

/** Starts of HTML blocks with their ends: a text in one of their lines, or a blank line. */
const KINDS: readonly { start: RegExp; end?: RegExp; isAlone?: true }[] = [
  { start: /^<(?:script|pre|style|textarea)(?:[\s>]|$)/i, end: /<\/(?:script|pre|style|textarea)>/i },
  { start: /^<!--/, end: /-->/ },
  { start: /^<\?/, end: /\?>/ },
  { start: /^<![a-z]/i, end: />/ },
  { start: /^<!\[CDATA\[/, end: /\]\]>/ },
  { start: new RegExp(`^</?(?:${BLOCK_NAMES})(?:[\\s>]|/>|$)`, 'i') },
  { start: /^<\/?[a-z][a-z0-9-]*(?:\s[^<>]*)?>\s*$/i, isAlone: true },
];

/** The start of an HTML block. `end` is the text that ends it; undefined: a blank line. */
export interface HtmlBlock {
  end: RegExp | undefined;
}

/** @param isInParagraph a tag alone on its line does not end a paragraph. */
export function htmlBlockOf(text: string, isInParagraph: boolean): HtmlBlock | undefined {
  const kind = KINDS.find(({ start, isAlone }) => start.test(text) && !(isInParagraph && isAlone === true));
  return kind === undefined ? undefined : { end: kind.end };
}
