import { newPartOf } from './overprint.ts';
import type { TextRun } from './text-run.ts';

/** Small capitals and old-style digits of Adobe's fonts, which are private characters: `ꜱ` as U+F773, `1` as U+F731. */
const VARIANTS = /[\uf6d9-\uf6db\uf730-\uf739\uf761-\uf77a\uf7e0-\uf7f6\uf7f8-\uf7fe]/g;
const VARIANT_SIGNS: Readonly<Record<string, string>> = { '\uf6d9': '©', '\uf6da': '®', '\uf6db': '™' };
const FIRST_VARIANT = 0xf700;

/** The fields of pdf.js's text item that are used here. `transform` is a PDF matrix; [4] and [5] are x and y. */
export interface PdfTextItem {
  str: string;
  /** `rtl` for text from right to left. `str` is already in reading order. */
  dir: string;
  transform: readonly number[];
  /** Points on the page. */
  width: number;
  height: number;
  fontName: string;
}

/** The runs of a page in one direction of writing, turned so that lines go to the right and pages down. */
export interface TextFrame {
  runs: TextRun[];
  /** The text is the page's lines from top to bottom, in columns from right to left. */
  isVertical: boolean;
  /** The height of a point of the page (points of PDF) in this frame. */
  heightOf: (x: number, y: number) => number;
}

/** Difference (degrees) up to which directions are one. */
const ANGLE_STEP = 5;
/** Width (parts of the size) below which white space is a distance between letters. */
const NARROWEST_SPACE = 0.06;
interface Placed {
  angle: number;
  isMirrored: boolean;
}

/** Vertical text runs downwards: its frame is the page after a quarter turn. */
function placeOf({ transform: [a = 1, b = 0, c = 0, d = 1] }: PdfTextItem, isVertical: boolean): Placed {
  const isMirrored = a * d - b * c < 0;
  const turned = Math.atan2(b, a) * (180 / Math.PI) - (isVertical ? 90 : 0);
  const angle = Math.round(turned / ANGLE_STEP) * ANGLE_STEP;
  return { angle: angle <= -180 ? angle + 360 : angle, isMirrored };
}

function newFrame({ angle, isMirrored }: Placed, isVertical: boolean) {
  const sine = Math.round(Math.sin((angle * Math.PI) / 180) * 1e6) / 1e6;
  const cosine = Math.round(Math.cos((angle * Math.PI) / 180) * 1e6) / 1e6;
  const up = isMirrored ? -1 : 1;
  const runs: TextRun[] = [];
  return {
    runs,
    isVertical,
    along: (x: number, y: number) => x * cosine + y * sine,
    heightOf: (x: number, y: number) => up * (y * cosine - x * sine),
  };
}

const sizeOf = ({ transform: [a = 1, b = 0, c = 0, d = 1] }: PdfTextItem) => Math.hypot(c, d) || Math.hypot(a, b) || 1;

/** White space that pdf.js inserts for a gap has no height (vertical text: no width). A font's own space has both. */
function isTooNarrow(item: PdfTextItem): boolean {
  if (item.width !== 0 && item.height !== 0) return false;
  const gap = item.width || item.height;
  return gap > 0 && gap < sizeOf(item) * NARROWEST_SPACE;
}

function runOf(item: PdfTextItem, frame: ReturnType<typeof newFrame>, isSpaced: boolean): TextRun {
  const [, , , , x = 0, y = 0] = item.transform;
  const start = frame.along(x, y);
  return {
    text: withoutVariants(item.str),
    start,
    end: start + (frame.isVertical ? item.height : item.width),
    y: frame.heightOf(x, y),
    size: sizeOf(item),
    isRightToLeft: item.dir === 'rtl',
    isSpaced,
  };
}

const charactersOf = (runs: readonly TextRun[]) => runs.reduce((sum, run) => sum + run.text.length, 0);

/** The text of a page by direction of writing, the most frequent direction first. */
export function framesOf(
  items: Iterable<PdfTextItem>,
  styles: Readonly<Record<string, { vertical: boolean }>>,
): TextFrame[] {
  const frames = new Map<string, ReturnType<typeof newFrame>>();
  let isSpaced = false;
  for (const item of items) {
    if (item.str.trim() === '') {
      isSpaced ||= item.str !== '' && !isTooNarrow(item);
      continue;
    }
    const isVertical = styles[item.fontName]?.vertical === true;
    const placed = placeOf(item, isVertical);
    const key = `${placed.angle} ${placed.isMirrored} ${isVertical}`;
    const frame = frames.get(key) ?? newFrame(placed, isVertical);
    frames.set(key, frame);
    const run = newPartOf(runOf(item, frame, isSpaced), frame.runs);
    isSpaced = false;
    if (run !== undefined) frame.runs.push(run);
  }
  return [...frames.values()].sort((first, second) => charactersOf(second.runs) - charactersOf(first.runs));
}

/** Replaces variants of letters and digits by the plain letters and digits. */
function withoutVariants(text: string): string {
  return text.replace(VARIANTS, (variant) => {
    const sign = VARIANT_SIGNS[variant];
    if (sign !== undefined) return sign;
    const code = variant.charCodeAt(0) - FIRST_VARIANT;
    return String.fromCharCode(code).toUpperCase();
  });
}
