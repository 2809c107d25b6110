import type { Chunk } from './chunk.ts';

/** So many bytes at most are written to one watcher before it is seen whether it takes them. */
const PIECE_BYTES = 64 * 1_024;

/** Chunks in runs of about 64 KiB at most: whoever catches up is given one after the other as it takes them. */
export function* piecesOf(chunks: readonly Chunk[]): Generator<readonly Chunk[], void, undefined> {
  let piece: Chunk[] = [];
  let bytes = 0;
  for (const chunk of chunks) {
    if (piece.length > 0 && bytes + chunk.framed.length > PIECE_BYTES) {
      yield piece;
      piece = [];
      bytes = 0;
    }
    piece.push(chunk);
    bytes += chunk.framed.length;
  }
  if (piece.length > 0) yield piece;
}
