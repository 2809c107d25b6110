import type { RtfTarget } from './rtf-group.ts';

/** Characters by the control words and symbols that stand for them. */
export const CHARACTERS: ReadonlyMap<string, string> = new Map([
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

/** Destinations whose text is not text of the document. */
const SKIPPED: readonly string[] = (
  'colortbl pict nonshppict objdata objclass listtext pntext nonesttables bkmkstart bkmkend xe tc tcn rxe ' +
  'atnid atndate atnref atntime author operator company subject keywords doccomm comment category manager hlinkbase ' +
  'filetbl revtbl listtable listoverridetable rsidtbl generator themedata datastore colorschememapping latentstyles ' +
  'private template fchars lchars ftnsep ftnsepc aftnsep aftnsepc ftncn aftncn pgdsctbl falt panose'
).split(' ');

/** Targets of the group's text by the destination that a control word names. */
export const TARGETS: ReadonlyMap<string, RtfTarget> = new Map<string, RtfTarget>([
  ...SKIPPED.map((word) => [word, 'skipped'] as const),
  ['fonttbl', 'fonts'],
  ['stylesheet', 'styles'],
  ['title', 'title'],
  ['fldinst', 'instruction'],
  ['atnauthor', 'author'],
  ['sn', 'name'],
  ['sv', 'value'],
]);

/** Control words of headers and footers. */
export const MARGINS = /^(?:header|footer)[lrf]?$/;
