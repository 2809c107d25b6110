import pc from 'picocolors';
import type { OutputStream, Surroundings } from '../surroundings.ts';

export type Colors = ReturnType<typeof pc.createColors>;

/** Writes results to stdout and remarks to stderr. */
export class Output {
  readonly json: boolean;
  readonly stdout: OutputStream;
  /** Colors of stdout: none unless it is a terminal. */
  readonly colors: Colors;
  readonly #stderr: OutputStream;
  readonly #errorColors: Colors;

  constructor({ stdout, stderr }: Pick<Surroundings, 'stdout' | 'stderr'>, json: boolean) {
    this.json = json;
    this.stdout = stdout;
    this.#stderr = stderr;
    this.colors = colorsFor(stdout);
    this.#errorColors = colorsFor(stderr);
  }

  /** Writes a result: one line of JSON with --json, words otherwise. */
  result(value: unknown, words: string): void {
    this.stdout.write(this.json ? `${JSON.stringify(value)}\n` : `${words}\n`);
  }

  /** Writes a remark for people; it is never part of the result. */
  remark(words: string): void {
    this.#stderr.write(`${this.#errorColors.dim(words)}\n`);
  }
}

export function colorsFor(stream: OutputStream): Colors {
  return pc.createColors(pc.isColorSupported && stream.isTTY === true);
}

/** Foreign text made safe for a terminal: on one line, without control characters. */
export function plain(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(/\p{Cc}/gu, '\u{FFFD}');
}

/** Foreign text of many lines made safe for a terminal: line breaks and tabs stay. */
export function plainLines(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, '\u{FFFD}');
}
