const LINE_END = Buffer.from('\r\n');

/**
 * Bytes of a stream, encoded once for all who are to have them. Most watchers get them in HTTP/1.1's chunked coding
 * (RFC 9112, section 7.1), whose framing is therefore part of the one Buffer; HTTP/1.0 has none, and gets what is inside.
 */
export class Chunk {
  readonly framed: Buffer;
  /** Without the framing: a view of the same memory. */
  readonly bare: Buffer;

  private constructor(parts: readonly Buffer[], length: number) {
    const head = Buffer.from(`${length.toString(16)}\r\n`);
    this.framed = Buffer.concat([head, ...parts, LINE_END]);
    this.bare = this.framed.subarray(head.length, head.length + length);
  }

  /** @param text must not be empty: an empty chunk would end the answer. */
  static of(text: string): Chunk {
    const bytes = Buffer.from(text);
    return new Chunk([bytes], bytes.length);
  }

  /** Several in one, to be written at once. */
  static join(chunks: readonly [Chunk, ...Chunk[]]): Chunk {
    if (chunks.length === 1) return chunks[0];
    const parts = chunks.map(({ bare }) => bare);
    return new Chunk(
      parts,
      parts.reduce((sum, { length }) => sum + length, 0),
    );
  }
}
