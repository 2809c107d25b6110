import pc from 'picocolors';
import type { OutputStream, Surroundings } from '../surroundings.ts';

export type Colors = ReturnType<typeof pc.createColors>;

/** The two streams, and how to write on them. */
export class Output {
  readonly json: boolean;
  readonly stdout: OutputStream;
  /** For stdout: colors on a terminal, plain text elsewhere. */
  readonly colors: Colors;
  readonly #stderr: OutputStream;
  readonly #errorColors: Colors;

  constructor({ stdout, stderr }: Surroundings, json: boolean) {
    this.json = json;
    this.stdout = stdout;
    this.#stderr = stderr;
    this.colors = colorsFor(stdout);
    this.#errorColors = colorsFor(stderr);
  }

  /** A result: with --json as one line of JSON, otherwise in words. */
  result(value: unknown, words: string): void {
    this.stdout.write(this.json ? `${JSON.stringify(value)}\n` : `${words}\n`);
  }

  /** A remark for people; never part of the result. */
  remark(words: string): void {
    this.#stderr.write(`${this.#errorColors.dim(words)}\n`);
  }
}

export function colorsFor(stream: OutputStream): Colors {
  return pc.createColors(pc.isColorSupported && stream.isTTY === true);
}

/** Text from elsewhere, safe for a terminal: on one line, and without control characters. */
export function plain(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(/\p{Cc}/gu, '\u{FFFD}');
}

/** The same for a text of many lines: line breaks and tabs stay. */
export function plainLines(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, '\u{FFFD}');
}
