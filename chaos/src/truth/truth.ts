import { publishedToTask, publishedToTopic } from './entries.ts';
import { isLogName, isTopicLog, logOfChannel } from './log-names.ts';
import { seqOf, TruthLog } from './truth-log.ts';

/** Every log that was ever seen in Redis. */
export class Truth {
  readonly #logs = new Map<string, TruthLog>();

  /** The log of a stream, empty if nothing is known of it. */
  log(name: string): TruthLog {
    const known = this.#logs.get(name);
    if (known !== undefined) return known;
    const log = new TruthLog(name);
    this.#logs.set(name, log);
    return log;
  }

  get logs(): readonly TruthLog[] {
    return [...this.#logs.values()];
  }

  /** Takes a message of a channel. */
  published(channel: string, message: string): void {
    const name = logOfChannel(channel);
    if (name === undefined) return;
    this.held(name, isTopicLog(name) ? publishedToTopic(message) : publishedToTask(message));
  }

  /** Takes what a stream held: events as JSON. Other streams than logs hold none. */
  held(name: string, texts: readonly string[]): void {
    if (!isLogName(name)) return;
    const log = this.log(name);
    for (const text of texts) log.add(text);
  }

  /**
   * Redis was emptied; what was published since may have been heard already.
   * @param held the events, as JSON, of each stream that was in it then.
   */
  markLoss(held: ReadonlyMap<string, readonly string[]>): void {
    for (const log of this.#logs.values()) {
      const last = held.get(log.name)?.at(-1);
      log.markLoss(last === undefined ? undefined : seqOf(last));
    }
  }

  /** Forgets the logs of earlier rounds. */
  clear(): void {
    this.#logs.clear();
  }
}
