import { BARRIERS, ENDS_PARAGRAPH, HEADINGS, IMPLIED_ENDS, SILENT, SPECIAL, VOID } from './elements.ts';

/** Largest depth of remembered elements. Browsers nest far fewer. */
const DEEPEST = 10_000;

/**
 * The open elements at a place of a page, outermost first. It closes elements whose end tags are missing, as a
 * browser's tree construction does. It builds no tree: memory is bounded, and each tag takes constant time.
 */
export class OpenElements {
  readonly #names: string[] = [];
  /** Places of the elements of a name in `#names`, ascending. */
  readonly #places = new Map<string, number[]>();
  readonly #onClose: (name: string) => void;

  /** @param onClose called for each element that ends, innermost first, by its own tag or by another's. */
  constructor(onClose: (name: string) => void) {
    this.#onClose = onClose;
  }

  get depth(): number {
    return this.#names.length;
  }

  isOpen(name: string): boolean {
    return this.#last(name) !== -1;
  }

  /** Closes the elements that a start tag closes. */
  beforeStart(name: string): void {
    if (ENDS_PARAGRAPH.has(name)) this.#endWithin(['p'], BARRIERS);
    if (HEADINGS.has(name) && HEADINGS.has(this.#names.at(-1) ?? '')) this.#closeFrom(this.depth - 1);
    const implied = IMPLIED_ENDS.get(name);
    if (implied !== undefined) this.#endWithin(implied.ends, implied.within);
  }

  /** @returns whether the element is now open. False for void elements and beyond the largest depth. */
  start(name: string): boolean {
    if (VOID.has(name) || (this.depth >= DEEPEST && !SILENT.has(name))) return false;
    const places = this.#places.get(name);
    if (places === undefined) this.#places.set(name, [this.depth]);
    else places.push(this.depth);
    this.#names.push(name);
    return true;
  }

  /** Closes the innermost element of this name that the end tag can reach, and all elements within it. */
  end(name: string): void {
    const place = this.#last(name);
    if (place === -1) return;
    const barriers = SPECIAL.has(name) ? BARRIERS : SPECIAL;
    if (!BARRIERS.has(name) && name !== 'tr' && this.#lastOf(barriers) > place) return;
    this.#closeFrom(place);
  }

  /** Closes the outermost element of this name, and all elements within it. */
  endOutermost(name: string): void {
    const place = this.#places.get(name)?.[0];
    if (place !== undefined) this.#closeFrom(place);
  }

  closeAll(): void {
    this.#closeFrom(0);
  }

  #endWithin(names: readonly string[], within: Iterable<string>): void {
    const barrier = this.#lastOf(within);
    const places = names.map((name) => this.#firstAfter(name, barrier)).filter((place) => place !== -1);
    if (places.length > 0) this.#closeFrom(Math.min(...places));
  }

  /** Place of the last element of the name. Elements of one name do not nest between their barriers. */
  #firstAfter(name: string, barrier: number): number {
    const last = this.#last(name);
    return last > barrier ? last : -1;
  }

  #last(name: string): number {
    return this.#places.get(name)?.at(-1) ?? -1;
  }

  #lastOf(names: Iterable<string>): number {
    let last = -1;
    for (const name of names) last = Math.max(last, this.#last(name));
    return last;
  }

  #closeFrom(place: number): void {
    while (this.#names.length > place) {
      const name = this.#names.pop() ?? '';
      this.#places.get(name)?.pop();
      this.#onClose(name);
    }
  }
}
