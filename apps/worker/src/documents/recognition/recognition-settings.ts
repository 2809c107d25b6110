/** Settings of text recognition on pages that hold no text. */
export interface RecognitionSettings {
  /** The program and its arguments; `{input}` stands for the path of an image, `{language}` for the language. */
  command: readonly string[];
  /** The language by the name that the program knows: `eng`, `deu+eng`. */
  language: string;
  /** Longest time (ms) for one page. */
  pageMs: number;
}

/** The place of the image in a command. */
export const INPUT = '{input}';
/** The place of the language in a command. */
export const LANGUAGE = '{language}';

/** The command of `OCR=tesseract`. */
export const TESSERACT_COMMAND = `tesseract ${INPUT} stdout -l ${LANGUAGE}`;

/** Splits a command at white space, except inside double quotes. No shell ever sees it. */
export function splitCommand(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}
