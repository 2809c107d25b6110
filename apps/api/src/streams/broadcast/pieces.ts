import type { Chunk } from '../formats/chunk.ts';

/** Largest piece (bytes) written to one watcher before it must take it. */
const PIECE_BYTES = 64 * 1_024;

/**
 * The chunks of the messages from `start` on, up to about 64 KiB, and at least one: a watcher that catches up is given one
 * piece after the other as it takes them. Later events are not encoded yet.
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
