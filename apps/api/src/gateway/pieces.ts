import type { Chunk } from './chunk.ts';

/** So many bytes at most are written to one watcher before it is seen whether it takes them. */
const PIECE_BYTES = 64 * 1_024;

/** At least one. */
type Piece = [Chunk, ...Chunk[]];

/** Chunks in runs of about 64 KiB at most: whoever catches up is given one after the other as it takes them. */
export function* piecesOf(chunks: readonly Chunk[]): Generator<Piece, void, undefined> {
  let piece: Piece | undefined;
  let bytes = 0;
  for (const chunk of chunks) {
    const { length } = chunk.framed;
    if (piece !== undefined && bytes + length > PIECE_BYTES) {
      yield piece;
      piece = undefined;
      bytes = 0;
    }
    if (piece === undefined) piece = [chunk];
    else piece.push(chunk);
    bytes += length;
  }
  if (piece !== undefined) yield piece;
}
