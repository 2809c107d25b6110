/** A small document of one peculiarity, and its right reading. */
export interface DocumentCase {
  name: string;
  /** The bytes, or a text in UTF-8; undefined: it cannot be made here. */
  make: () => string | Uint8Array | Promise<Uint8Array> | undefined;
  /** Words that a reader finds. */
  text: string;
  /** Words that are no part of the text. */
  absent?: readonly string[];
  /** `done` if absent, else the code of the refusal. */
  expected?: string;
}
