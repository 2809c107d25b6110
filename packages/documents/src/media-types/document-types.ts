import { isMessage } from './message-type.ts';

/** A file's media type. With `UNKNOWN_TYPE`, the problem in words for the owner if it is known. */
export interface FoundMediaType {
  mediaType: string;
  problem?: string;
}

/** The signs of a document type. The first matching type in the table is the file's type. */
export interface DocumentType {
  mediaType: string;
  /** File extensions, without the dot, in lower case. */
  extensions: readonly string[];
  /** Whether it is text: read in any encoding, recognised by its start and its extension. */
  isText: boolean;
  /**
   * Only for texts: whether a decoded start (4,096 characters after leading comments) is of this type.
   * @param isNamed whether the file has one of the extensions.
   */
  matches?: (beginning: string, isNamed: boolean) => boolean;
}

/** White space, an XML declaration, comments. A comment can end at only one place, so that the time is linear. */
const PROLOGUE = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*/;
/** A doctype or a tag of a page's skeleton. */
const PAGE = /^<(?:!doctype\s+html|html|head|body)[\s>]/i;
/** The rest of a tag whose end is beyond the examined start: a picture's `data:` address. */
const LONG_TAG = String.raw`\s+[a-z][a-z0-9:-]*\s*=[^<>]*$`;
/** A tag with which only HTML begins. */
const FRAGMENT = new RegExp(
  String.raw`^<(?:title|meta|link|style|script|h[1-6]|p|div|table|ul|ol|dl|section|article|main|header|nav|figure|form)(?:(?:\s[^<>]*)?>|${LONG_TAG})`,
  'i',
);
const ANY_TAG = new RegExp(String.raw`<\/?[a-z][a-z0-9-]*(?:(?:\s[^<>]*)?\/?>|${LONG_TAG})|<!--`, 'i');

function isHtml(beginning: string, isNamed: boolean): boolean {
  return PAGE.test(beginning.replace(PROLOGUE, '')) || (isNamed && ANY_TAG.test(beginning));
}

/**
 * The readable documents. Binary types are recognised by their signature or by the files in their archive. Any other
 * file is a text of the first row that `matches`.
 */
export const DOCUMENT_TYPES: readonly DocumentType[] = [
  { mediaType: 'application/pdf', extensions: ['pdf'], isText: false },
  {
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extensions: ['docx', 'docm', 'dotx', 'dotm'],
    isText: false,
  },
  {
    mediaType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    extensions: ['pptx', 'pptm', 'ppsx', 'ppsm', 'potx', 'potm'],
    isText: false,
  },
  {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extensions: ['xlsx', 'xlsm', 'xltx', 'xltm'],
    isText: false,
  },
  { mediaType: 'application/vnd.oasis.opendocument.text', extensions: ['odt', 'ott'], isText: false },
  { mediaType: 'application/vnd.oasis.opendocument.presentation', extensions: ['odp', 'otp'], isText: false },
  { mediaType: 'application/vnd.oasis.opendocument.spreadsheet', extensions: ['ods', 'ots'], isText: false },
  { mediaType: 'application/epub+zip', extensions: ['epub'], isText: false },
  { mediaType: 'application/rtf', extensions: ['rtf'], isText: false },
  { mediaType: 'text/html', extensions: ['html', 'htm', 'xhtml', 'xht'], isText: true, matches: isHtml },
  { mediaType: 'message/rfc822', extensions: ['eml'], isText: true, matches: isMessage },
  // Tables look like any text with commas.
  { mediaType: 'text/csv', extensions: ['csv'], isText: true, matches: (_beginning, isNamed) => isNamed },
  {
    mediaType: 'text/tab-separated-values',
    extensions: ['tsv', 'tab'],
    isText: true,
    matches: (_beginning, isNamed) => isNamed,
  },
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
