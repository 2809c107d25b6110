/** Settings of text recognition on pages without text. */
export interface RecognitionSettings {
  /** The program and its arguments. `{input}` stands for the path of an image, `{language}` for the language. */
  command: readonly string[];
  /** The language under the program's name for it: `eng`, `deu+eng`. */
  language: string;
  /** Longest time (ms) for one page. */
  pageMs: number;
}

/** Placeholder of the image in a command. */
export const INPUT = '{input}';
/** Placeholder of the language in a command. */
export const LANGUAGE = '{language}';

/** The command of `OCR=tesseract`. */
export const TESSERACT_COMMAND = `tesseract ${INPUT} stdout -l ${LANGUAGE}`;

/** Splits a command at white space, except inside double quotes. No shell interprets it. */
export function splitCommand(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}
