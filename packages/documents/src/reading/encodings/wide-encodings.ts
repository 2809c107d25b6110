import { decodeAll } from './text-decoder.ts';

/** Bytes looked at: a multiple of four. */
const LOOKED_AT = 65_536;
/** Least share of common characters in a text of two or four bytes per character. */
const LEAST_ORDINARY = 0.9;

const MARKS = [
  { encoding: 'utf-32le', mark: [0xff, 0xfe, 0, 0] },
  { encoding: 'utf-32be', mark: [0, 0, 0xfe, 0xff] },
  { encoding: 'utf-8', mark: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', mark: [0xff, 0xfe] },
  { encoding: 'utf-16be', mark: [0xfe, 0xff] },
];

/** Code point ranges of living scripts. In the wrong byte order, a text's characters scatter over all blocks. */
const ORDINARY = [
  [0x20, 0x7e],
  [0xa0, 0x6ff],
  [0x900, 0x109f],
  [0x1e00, 0x1fff],
  [0x2010, 0x2027],
  [0x2030, 0x205e],
  [0x20ac, 0x20ac],
  [0x2190, 0x21ff],
  [0x2500, 0x26ff],
  [0x3000, 0x30ff],
  [0x3400, 0x9fff],
  [0xac00, 0xd7a3],
  [0xff00, 0xffef],
  [0x1f300, 0x1faff],
  [0x20000, 0x2fa1f],
] as const;
/** Line ends, spaces, CJK stops and commas: unlike words, every text has them. */
const SEPARATORS = new Set('\n\r\t \u3000\u3001\u3002\uff0c');
/** Largest number of characters per separator in a longer text. */
const MOST_TO_A_SEPARATOR = 500;

/** The encoding that a byte order mark names; undefined without one. */
export function encodingOfMark(bytes: Uint8Array): string | undefined {
  return MARKS.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte))?.encoding;
}

/** The encoding of a text with two or four bytes per character and without a mark; undefined for other texts. */
export function wideEncodingOf(sample: Uint8Array): string | undefined {
  const bytes = sample.subarray(0, LOOKED_AT);
  if (bytes.length < 4) return undefined;
  const candidates = [...(looksLikeUtf32(bytes) ? ['utf-32le', 'utf-32be'] : []), 'utf-16le', 'utf-16be'];
  const scored = candidates.map((encoding) => ({ encoding, ...score(bytes, encoding) }));
  const [best] = scored.sort((left, right) => right.ascii + right.ordinary - left.ascii - left.ordinary);
  return best !== undefined && best.ordinary >= LEAST_ORDINARY ? best.encoding : undefined;
}

/** No character is above U+10FFFF: in each unit, one outer byte is zero and its neighbour is at most 0x10. */
function looksLikeUtf32(bytes: Uint8Array): boolean {
  const isSmall = (outer: number, inner: number) => {
    for (let unit = 0; unit + 3 < bytes.length; unit += 4) {
      if (bytes[unit + outer] !== 0 || (bytes[unit + inner] ?? 0) > 0x10) return false;
    }
    return true;
  };
  return isSmall(3, 2) || isSmall(0, 1);
}

/** The shares of ASCII and of common characters. Both are 0 for a long text without separators. */
function score(bytes: Uint8Array, encoding: string): { ascii: number; ordinary: number } {
  let [characters, ascii, ordinary, separators] = [0, 0, 0, 0];
  for (const character of decodeAll(bytes, encoding)) {
    const code = character.codePointAt(0) ?? 0;
    const isSeparator = SEPARATORS.has(character);
    characters += 1;
    separators += Number(isSeparator);
    ascii += Number(code < 0x7f && (code >= 0x20 || isSeparator));
    ordinary += Number(isSeparator || isOrdinary(code));
  }
  if (characters === 0 || characters > (separators + 1) * MOST_TO_A_SEPARATOR) return { ascii: 0, ordinary: 0 };
  return { ascii: ascii / characters, ordinary: ordinary / characters };
}

function isOrdinary(code: number): boolean {
  return ORDINARY.some(([from, to]) => code >= from && code <= to);
}
