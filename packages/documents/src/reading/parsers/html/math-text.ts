import type { FlowingText } from './flowing-text.ts';

/** Signs before the second and the third child of an element. */
const MARKS: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['mfrac', ['/', '']],
  ['msup', ['^', '']],
  ['msub', ['_', '']],
  ['msubsup', ['_', '^']],
  ['munder', ['_', '']],
  ['mover', ['^', '']],
  ['munderover', ['_', '^']],
]);
const ROOTS = new Set(['msqrt', 'mroot']);
/** Operators that get spaces around them: relations and signs. */
const SPACED = /^(?:\p{Sm}|[-−])$/u;
/** Function application, invisible times, separator and plus. */
const INVISIBLE = /[\u2061-\u2064]/g;
/** Largest depth of elements that get marks. */
const DEEPEST = 1_000;

/** Writes MathML as one line of text: `E = mc^2`. */
export class MathText {
  readonly #flow: FlowingText;
  #open: { name: string; children: number }[] = [];

  constructor(flow: FlowingText) {
    this.#flow = flow;
  }

  onStart(name: string): void {
    const parent = this.#open.at(-1);
    if (parent !== undefined) {
      parent.children += 1;
      const mark = MARKS.get(parent.name)?.[parent.children - 2] ?? '';
      this.#flow.addAsIs(mark);
    }
    if (ROOTS.has(name)) this.#flow.addAsIs('√');
    if (name === 'mtr' || name === 'mtd' || name === 'mtext') this.#flow.separate(' ');
    if (this.#open.length < DEEPEST) this.#open.push({ name, children: 0 });
  }

  onText(text: string): void {
    const shown = text.replace(INVISIBLE, '').trim();
    if (shown === '') return;
    const isSpaced = this.#open.at(-1)?.name === 'mo' && SPACED.test(shown);
    if (isSpaced) this.#flow.separate(' ');
    this.#flow.add(shown);
    if (isSpaced) this.#flow.separate(' ');
  }

  onEnd(name: string): void {
    if (this.#open.at(-1)?.name === name) this.#open.pop();
    if (name === 'math') this.#open = [];
  }
}
