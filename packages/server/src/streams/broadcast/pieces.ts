import type { Chunk } from '../formats/chunk.ts';

/** Largest piece (bytes) written to one connection before it must take it. */
const PIECE_BYTES = 64 * 1_024;

/** Most and fewest entries of a log in one read for a connection that catches up. */
const MOST_ENTRIES = 500;
const LEAST_ENTRIES = 16;

/**
 * Encodes the messages from `start` on, up to about 64 KiB and at least one. Later messages are not encoded yet: a slow
 * connection takes one piece after the other.
 */
export function nextPiece<Message>(
  messages: readonly Message[],
  start: number,
  chunkOf: (message: Message) => Chunk,
): [Chunk, ...Chunk[]] {
  const [first, ...others] = messages.slice(start);
  if (first === undefined) throw new Error(`there is no message ${start}`);
  const piece: [Chunk, ...Chunk[]] = [chunkOf(first)];
  let bytes = piece[0].framed.length;
  for (const message of others) {
    const chunk = chunkOf(message);
    bytes += chunk.framed.length;
    if (bytes > PIECE_BYTES) break;
    piece.push(chunk);
  }
  return piece;
}

/** Number of entries in one read for a connection that catches up: about twice as many as it has room for. */
export class PageLimit {
  #entries = MOST_ENTRIES;

  get entries(): number {
    return this.#entries;
  }

  /** Adapts the limit to a connection that had room for `written` of `given` messages. */
  learn({ written, given }: { written: number; given: number }): void {
    const wanted = written < given ? 2 * written : 2 * this.#entries;
    this.#entries = Math.min(MOST_ENTRIES, Math.max(LEAST_ENTRIES, wanted));
  }
}
