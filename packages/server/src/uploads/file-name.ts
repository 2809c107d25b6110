import { withoutProblems } from '@taskwire/protocol';

const LONGEST_NAME = 255;
const NAMELESS = 'upload';

/** Control characters, and characters that make text run backward: they could hide the file's extension. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;

/**
 * The name to keep for a file that a client calls `claimed`: its last path part, printable, at most 255 characters
 * with its ending preserved. It is for people only: no file is stored under it.
 */
export function sanitizeFileName(claimed: string | undefined): string {
  const lastPart =
    withoutProblems(claimed ?? '')
      .replace(UNPRINTABLE, '')
      .split(/[/\\]/)
      .at(-1)
      ?.trim() ?? '';
  if (/^\.*$/.test(lastPart)) return NAMELESS;
  const ending = /\.[^.]{1,20}$/.exec(lastPart)?.[0] ?? '';
  return lastPart.length <= LONGEST_NAME ? lastPart : cut(lastPart, LONGEST_NAME - ending.length) + ending;
}

/** The first `length` UTF-16 units, less one if that would halve a character. */
function cut(text: string, length: number): string {
  const head = text.slice(0, length);
  return /[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head;
}
