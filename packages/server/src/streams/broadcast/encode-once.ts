import { Chunk } from '../formats/chunk.ts';
import type { Encoder } from '../formats/stream-format.ts';
import type { EncodingBudget, Remembered } from './encoding-budget.ts';
import type { StreamStatistics } from '../statistics.ts';

/** Encodes each message once for all connections, and the JSON that several messages share once for all of them. */
export class EncodeOnce<Message extends object> {
  readonly #encoder: Encoder<Message>;
  readonly #statistics: StreamStatistics;
  readonly #budget: EncodingBudget;
  readonly #chunks = new WeakMap<Message, Remembered<Chunk>>();
  readonly #texts = new WeakMap<object, Remembered<string>>();

  constructor(
    encoder: Encoder<Message>,
    { statistics, budget }: { statistics: StreamStatistics; budget: EncodingBudget },
  ) {
    this.#encoder = encoder;
    this.#statistics = statistics;
    this.#budget = budget;
  }

  chunkOf(message: Message): Chunk {
    const known = this.#chunks.get(message)?.encoded;
    if (known !== undefined) return known;
    const chunk = Chunk.of(this.#encoder.encode(message, this.#sharedJson));
    this.#statistics.encodings += 1;
    this.#chunks.set(message, this.#budget.remember(chunk, chunk.framed.length));
    return chunk;
  }

  readonly #sharedJson = (of: object, value: () => unknown): string => {
    const known = this.#texts.get(of)?.encoded;
    if (known !== undefined) return known;
    const text = JSON.stringify(value());
    this.#texts.set(of, this.#budget.remember(text, text.length));
    return text;
  };
}
