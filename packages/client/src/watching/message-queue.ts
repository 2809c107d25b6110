/**
 * A queue from a producer that pushes to a reader that iterates. It has no bound: messages wait in memory until a slow
 * reader takes them or leaves.
 */
export class MessageQueue<Message> implements AsyncIterableIterator<Message, undefined> {
  readonly #waiting: Message[] = [];
  readonly #readers: PromiseWithResolversOf<IteratorResult<Message, undefined>>[] = [];
  readonly #onLeave: () => void;
  #ending: { error?: Error } | undefined;

  /** @param onLeave called once, when the queue ends or the reader leaves. */
  constructor(onLeave: () => void) {
    this.#onLeave = onLeave;
  }

  push(message: Message): void {
    if (this.#ending !== undefined) return;
    const reader = this.#readers.shift();
    if (reader === undefined) this.#waiting.push(message);
    else reader.resolve({ done: false, value: message });
  }

  /** Ends the queue. The reader still gets the waiting messages, then the end or the error. */
  end(error?: Error): void {
    if (this.#ending !== undefined) return;
    this.#ending = error === undefined ? {} : { error };
    for (const reader of this.#readers.splice(0)) this.next().then(reader.resolve, reader.reject);
    this.#onLeave();
  }

  next(): Promise<IteratorResult<Message, undefined>> {
    const value = this.#waiting.shift();
    if (value !== undefined) return Promise.resolve({ done: false, value });
    if (this.#ending === undefined) {
      return new Promise((resolve, reject) => this.#readers.push({ resolve, reject }));
    }
    const { error } = this.#ending;
    this.#ending = {};
    return error === undefined ? Promise.resolve({ done: true, value: undefined }) : Promise.reject(error);
  }

  /** The reader leaves by `break`, `return` or a throw in its loop. */
  return(): Promise<IteratorResult<Message, undefined>> {
    this.#waiting.length = 0;
    this.end();
    this.#ending = {};
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

interface PromiseWithResolversOf<Value> {
  resolve: (value: Value) => void;
  reject: (error: unknown) => void;
}
