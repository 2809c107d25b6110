/** How a type of document is known. The first type in the table that fits is the file's. */
export interface DocumentType {
  mediaType: string;
  /** File extensions, without the dot, in lower case. */
  extensions: readonly string[];
  /** Whether it is text: read in whatever encoding, told apart by its beginning and its extension. */
  isText: boolean;
  /**
   * Only of texts: whether a decoded beginning (4,096 characters after leading comments) is of this type.
   * @param isNamed whether the file has one of the extensions.
   */
  matches?: (beginning: string, isNamed: boolean) => boolean;
}

/** White space, an XML declaration, comments. A comment can end at one place only, so that the time is linear. */
const PROLOGUE = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*/;
/** A doctype or a tag of a page's skeleton. */
const PAGE = /^<(?:!doctype\s+html|html|head|body)[\s>]/i;
/** A tag that texts other than HTML do not begin with. */
const FRAGMENT =
  /^<(?:title|meta|link|style|script|h[1-6]|p|div|table|ul|ol|dl|section|article|main|header|nav|figure|form)(?:\s[^<>]*)?>/i;
const ANY_TAG = /<\/?[a-z][a-z0-9-]*(?:\s[^<>]*)?\/?>|<!--/i;

function isHtml(beginning: string, isNamed: boolean): boolean {
  return PAGE.test(beginning.replace(PROLOGUE, '')) || (isNamed && ANY_TAG.test(beginning));
}

/**
 * The documents that can be read. Binary types are told by their signature, by the library `file-type`; a type that it
 * does not know by bytes is a text of the first row that `matches`.
 */
export const DOCUMENT_TYPES: readonly DocumentType[] = [
  { mediaType: 'application/pdf', extensions: ['pdf'], isText: false },
  { mediaType: 'text/html', extensions: ['html', 'htm', 'xhtml', 'xht'], isText: true, matches: isHtml },
  {
    mediaType: 'text/markdown',
    extensions: ['md', 'markdown', 'mdown', 'mkd'],
    isText: true,
    matches: (_beginning, isNamed) => isNamed,
  },
  {
    mediaType: 'text/html',
    extensions: [],
    isText: true,
    matches: (beginning) => FRAGMENT.test(beginning.replace(PROLOGUE, '')),
  },
  { mediaType: 'text/plain', extensions: ['txt', 'text', 'log'], isText: true, matches: () => true },
];
