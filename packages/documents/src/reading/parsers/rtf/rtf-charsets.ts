import { encodingNamed } from '../../encodings/text-decoder.ts';

/** Encodings by the number of a font's character set (RTF specification 1.9.1, `\fcharset`). */
const BY_CHARSET: ReadonlyMap<number, string> = new Map([
  [77, 'macintosh'],
  [128, 'shift_jis'],
  [129, 'euc-kr'],
  [134, 'gb18030'],
  [136, 'big5'],
  [161, 'windows-1253'],
  [162, 'windows-1254'],
  [163, 'windows-1258'],
  [177, 'windows-1255'],
  [178, 'windows-1256'],
  [186, 'windows-1257'],
  [204, 'windows-1251'],
  [222, 'windows-874'],
  [238, 'windows-1250'],
]);

/** Encodings whose name is not made of the code page's number. */
const BY_CODE_PAGE: ReadonlyMap<number, string> = new Map([
  [874, 'windows-874'],
  [932, 'shift_jis'],
  [936, 'gb18030'],
  [949, 'euc-kr'],
  [950, 'big5'],
  [1361, 'euc-kr'],
  [10000, 'macintosh'],
  [10007, 'x-mac-cyrillic'],
  [65001, 'utf-8'],
]);

/** The encoding of a font's character set. Undefined: the document's own encoding. */
export function encodingOfCharset(charset: number): string | undefined {
  return BY_CHARSET.get(charset);
}

/** The encoding of a code page. Western European if the code page is unknown. */
export function encodingOfCodePage(codePage: number): string {
  const name = BY_CODE_PAGE.get(codePage);
  if (name !== undefined) return name;
  const isWindows = codePage >= 1250 && codePage <= 1258;
  return encodingNamed(`${isWindows ? 'windows-' : 'cp'}${codePage}`) ?? 'windows-1252';
}
