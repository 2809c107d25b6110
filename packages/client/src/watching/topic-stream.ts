import { SequenceError, firstSeq, formatCursor, readTopicMessage, type TopicMessage } from '@taskwire/protocol';
import { unreadableMessage, type StreamHandlers, type WatchedStream } from './watched-stream.ts';

/** Opens a topic's stream at the server. */
export type SubscribeTopic = (cursor: { lastEventId?: string }, handlers: StreamHandlers) => { unsubscribe(): void };

/** The messages of a topic, with the topic's own seqs. A topic has no last message. */
export class TopicStream implements WatchedStream<TopicMessage> {
  readonly hasEnded = false;
  readonly #subscribe: SubscribeTopic;
  #cursor: number | undefined;

  /** @param cursor last seq of the topic that the watcher has; undefined for a new watcher. */
  constructor(subscribe: SubscribeTopic, cursor: number | undefined) {
    this.#subscribe = subscribe;
    this.#cursor = cursor;
  }

  get cursor(): number | undefined {
    return this.#cursor;
  }

  get cursorAtEnd(): number | undefined {
    return this.#cursor;
  }

  subscribe(cursor: number | undefined, handlers: StreamHandlers) {
    return this.#subscribe(cursor === undefined ? {} : { lastEventId: formatCursor(cursor) }, handlers);
  }

  take(data: unknown): TopicMessage | undefined {
    const message = readTopicMessage(data);
    if (message === undefined) throw unreadableMessage(data);
    if (!this.#isNew(message)) return undefined;
    this.#cursor = message.seq;
    return message;
  }

  /** @throws SequenceError if a message before it is missing. */
  #isNew(message: TopicMessage): boolean {
    const cursor = this.#cursor;
    if (message.type === 'snapshot' && (cursor === undefined || message.gap !== undefined)) return true;
    if (cursor === undefined) throw new SequenceError(0, message.seq);
    if (message.seq <= cursor) return false;
    const first = firstSeq(message);
    if (message.type === 'snapshot' || first !== cursor + 1) throw new SequenceError(cursor + 1, first);
    return true;
  }
}
