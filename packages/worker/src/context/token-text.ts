import { textProblem } from '@taskwire/protocol';
import { tokenArgument } from './handler-calls.ts';

const ENDS_IN_FIRST_HALF = /[\uD800-\uDBFF]$/;

/**
 * The text of a stage, to which a handler adds. A handler may cut its text inside a character: the first half of a
 * surrogate pair waits here for the second.
 */
export class TokenText {
  #waiting = '';
  #offset = 0;

  /**
   * @returns the text to write now, and its offset; undefined if nothing can be written yet.
   * @throws TypeError, taking nothing, if the text cannot be stored.
   */
  add(value: unknown): { text: string; offset: number } | undefined {
    const given = this.#waiting + tokenArgument(value);
    const waiting = ENDS_IN_FIRST_HALF.exec(given)?.[0] ?? '';
    const text = given.slice(0, given.length - waiting.length);
    const problem = textProblem(text);
    if (problem !== undefined) throw new TypeError(`token: text ${problem}`);
    this.#waiting = waiting;
    if (text === '') return undefined;
    const offset = this.#offset;
    this.#offset += text.length;
    return { text, offset };
  }
}
