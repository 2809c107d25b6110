import { Chunk } from './chunk.ts';
import type { Encoder } from './encoder.ts';
import type { StreamStatistics } from './statistics.ts';

/** Encodes each message once, however many watchers get it, for as long as somebody holds the message. */
export class EncodeOnce<Message extends object> {
  readonly #encoder: Encoder<Message>;
  readonly #statistics: StreamStatistics;
  readonly #chunks = new WeakMap<Message, Chunk>();

  constructor(encoder: Encoder<Message>, statistics: StreamStatistics) {
    this.#encoder = encoder;
    this.#statistics = statistics;
  }

  chunkOf(message: Message): Chunk {
    const known = this.#chunks.get(message);
    if (known !== undefined) return known;
    const chunk = Chunk.of(this.#encoder.encode(message));
    this.#statistics.encodings += 1;
    this.#chunks.set(message, chunk);
    return chunk;
  }
}
