const LINE_END = Buffer.from('\r\n');

/**
 * Bytes of a stream, encoded once for all connections. The framing of HTTP/1.1's chunked coding (RFC 9112, section 7.1)
 * is part of the one Buffer. Connections of HTTP/1.0 get the bytes without it.
 */
export class Chunk {
  readonly framed: Buffer;
  /** The bytes without the framing: a view of the same memory. */
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

  /** Joins chunks into one, for one write. */
  static join(chunks: readonly [Chunk, ...Chunk[]]): Chunk {
    if (chunks.length === 1) return chunks[0];
    const parts = chunks.map(({ bare }) => bare);
    return new Chunk(
      parts,
      parts.reduce((sum, { length }) => sum + length, 0),
    );
  }
}
