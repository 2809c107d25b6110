/** Bytes that are kept or left out together. A multiple of four, so that UTF-32 units stay whole. */
const WINDOW_BYTES = 4_096;
/** Size (bytes) of a file's beginning, which is always kept. */
const HEAD_BYTES = 65_536;
/** Largest sample (bytes). */
const LARGEST_SAMPLE = 524_288;

/** Control characters that texts hold: BS, HT, LF, VT, FF, CR, the end mark of DOS, ESC. */
const TEXT_CONTROLS = new Set([0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1a, 0x1b]);

/** Whether a byte, by its value, helps to tell the encoding. */
const IS_TELLING = Uint8Array.from({ length: 256 }, (_, byte) => Number(byte >= 0x80 || isForeignControl(byte)));

/** Whether a byte is a control character that texts do not contain. */
export function isForeignControl(byte: number): boolean {
  return byte < 0x20 && !TEXT_CONTROLS.has(byte);
}

/**
 * The bytes of a file that tell its encoding: its beginning, and later windows with more than ASCII text. It takes the
 * file in chunks, in order.
 * Modes: collecting → taken (`take`).
 */
export class ByteSample {
  readonly #windows: Uint8Array[] = [];
  #collected = 0;
  #rest = new Uint8Array(0);
  #seen = 0;

  /** Adds the next bytes of the file. The caller may reuse them afterwards. */
  add(chunk: Uint8Array): void {
    if (this.#collected >= LARGEST_SAMPLE) return;
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let start = 0;
    for (; start + WINDOW_BYTES <= bytes.length; start += WINDOW_BYTES) {
      this.#consider(bytes.subarray(start, start + WINDOW_BYTES));
    }
    this.#rest = Uint8Array.from(bytes.subarray(start));
  }

  /** The sample, after the last chunk. */
  take(): Uint8Array {
    this.#consider(this.#rest);
    this.#rest = new Uint8Array(0);
    return Buffer.concat(this.#windows);
  }

  #consider(window: Uint8Array): void {
    const isHead = this.#seen < HEAD_BYTES;
    this.#seen += window.length;
    if (this.#collected >= LARGEST_SAMPLE || !(isHead || isTelling(window))) return;
    this.#windows.push(Uint8Array.from(window));
    this.#collected += window.length;
  }
}

/** The sample of a file that is in memory as a whole. */
export function sampleOf(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= HEAD_BYTES) return bytes;
  const sample = new ByteSample();
  for (let start = 0; start < bytes.length; start += HEAD_BYTES) sample.add(bytes.subarray(start, start + HEAD_BYTES));
  return sample.take();
}

function isTelling(window: Uint8Array): boolean {
  return window.some((byte) => IS_TELLING[byte] === 1);
}
