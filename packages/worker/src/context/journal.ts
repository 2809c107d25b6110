import type { TaskEventDraft } from '@taskwire/protocol';
import { DraftBuffer, type ProgressDraft } from './draft-buffer.ts';
import { TOKEN_EVENT_LENGTH, type LatestDraft, type ListDraft, type TokenDraft } from './merge-drafts.ts';

/** Time (ms) after an append during which progress, tokens and values of channels gather for the next one. */
const WINDOW_MS = 50;
/** Length of waiting text (UTF-16 units) that is sent without waiting for the window. */
const FULL_LENGTH = TOKEN_EVENT_LENGTH;
/** Waiting weight (see `DraftBuffer.weight`) above which a handler's calls wait too. */
const CROWDED_WEIGHT = 262_144;

/** Destination of a journal's events: the writer of an attempt. */
export interface EventSink {
  append(events: readonly TaskEventDraft[]): Promise<{ canceling: boolean }>;
}

export interface JournalListener {
  /** The reply to an append says that a cancel was asked for. It may be called more than once. */
  onCanceling(): void;
  /** An append has failed for good, and nothing more will be written. Called at most once. */
  onFailure(error: unknown): void;
}

/**
 * The events of one attempt, in the order in which they were written, one append at a time. Events that come during an
 * append gather for the next one.
 *
 * Idle → waiting (a window runs) → sending → idle, or waiting again. After a failed append: failed, for good. `conclude`
 * seals the journal, and `close` ends it; both drop later events.
 */
export class Journal {
  readonly #sink: EventSink;
  readonly #listener: JournalListener;
  readonly #buffer = new DraftBuffer();
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> | undefined;
  #urgent = false;
  #lastSent = Number.NEGATIVE_INFINITY;
  #failure: { error: unknown } | undefined;
  #sealed = false;
  #closed = false;

  constructor(sink: EventSink, listener: JournalListener) {
    this.#sink = sink;
    this.#listener = listener;
  }

  /** Writes an event at once. */
  async write(draft: TaskEventDraft): Promise<void> {
    if (this.#sealed) return;
    this.#buffer.pushKept(draft);
    this.#urgent = true;
    await this.#accepted();
  }

  /** Writes a progress, or the value of a `latest` channel, soon. A later one of the same may replace it. */
  async writeReplaceable(draft: ProgressDraft | LatestDraft): Promise<void> {
    if (this.#sealed) return;
    this.#buffer.pushReplaceable(draft);
    await this.#accepted();
  }

  /** Writes a token, or items of a list, soon, together with its neighbours. */
  async writeMergeable(draft: TokenDraft | ListDraft): Promise<void> {
    if (this.#sealed) return;
    this.#buffer.pushKept(draft);
    await this.#accepted();
  }

  /**
   * Writes the attempt's last event after all others. Later events of the handler are dropped.
   * @throws the error of a failed append.
   */
  async conclude(draft: TaskEventDraft): Promise<void> {
    this.#sealed = true;
    this.#buffer.pushKept(draft);
    await this.flush();
  }

  /** Resolves once the log has all events written so far. @throws the error of a failed append. */
  async flush(): Promise<void> {
    while (this.#failure === undefined && (this.#sending !== undefined || !this.#buffer.empty)) {
      this.#urgent = !this.#buffer.empty;
      this.#schedule();
      await this.#sending;
    }
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** Drops all events from now on. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Starts an append if one is due, and waits while the buffer is crowded. */
  async #accepted(): Promise<void> {
    this.#schedule();
    while (this.#buffer.weight > CROWDED_WEIGHT && this.#sending !== undefined) await this.#sending;
  }

  #schedule(): void {
    if (this.#closed || this.#failure !== undefined) {
      this.#buffer.take();
      return;
    }
    if (this.#sending !== undefined || this.#buffer.empty) return;
    const due = this.#urgent || this.#buffer.textLength >= FULL_LENGTH;
    const wait = due ? 0 : this.#lastSent + WINDOW_MS - performance.now();
    if (wait <= 0) this.#startSending();
    else this.#timer ??= setTimeout(() => this.#startSending(), wait);
  }

  #startSending(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#sending = this.#send().finally(() => {
      this.#sending = undefined;
      this.#schedule();
    });
  }

  async #send(): Promise<void> {
    await Promise.resolve(); // Events of the same microtask go along.
    const batch = this.#buffer.take();
    this.#urgent = false;
    this.#lastSent = performance.now();
    if (batch.length === 0) return;
    try {
      const { canceling } = await this.#sink.append(batch);
      if (canceling) this.#listener.onCanceling();
    } catch (error) {
      this.#failure = { error };
      this.#listener.onFailure(error);
    }
  }
}
