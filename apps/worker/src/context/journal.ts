import type { TaskEventDraft } from '@taskwire/protocol';
import { DraftBuffer, TOKEN_EVENT_LENGTH, type ProgressDraft, type TokenDraft } from './draft-buffer.ts';

/** Progress and tokens that come within this long (ms) after an append go into the next one together. */
const WINDOW_MS = 50;
/** With this much text waiting (characters) the window is not waited for. */
const FULL_LENGTH = TOKEN_EVENT_LENGTH;
/** With this much waiting (see `DraftBuffer.weight`) whoever writes must wait too. */
const CROWDED_WEIGHT = 262_144;

/** Where a journal's events go: the writer of an attempt. */
export interface EventSink {
  append(events: readonly TaskEventDraft[]): Promise<{ canceling: boolean }>;
}

export interface JournalListener {
  /** An append's answer says that a cancel was asked for. May be called more than once. */
  onCanceling(): void;
  /** An append failed for good: nothing more will be written. Called at most once. */
  onFailure(error: unknown): void;
}

/**
 * Everything that one attempt writes, in the order in which it was written, one append at a time. While an append is
 * under way, what comes meanwhile gathers for the next.
 *
 * Idle → waiting (a window runs) → sending → idle or waiting again. `failed` for good once an append fails.
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

  /** Writes a progress soon; a later one of the same stage may take its place. */
  async writeProgress(draft: ProgressDraft): Promise<void> {
    if (this.#sealed) return;
    this.#buffer.pushProgress(draft);
    await this.#accepted();
  }

  /** Writes a token soon, together with its neighbours. */
  async writeToken(draft: TokenDraft): Promise<void> {
    if (this.#sealed) return;
    this.#buffer.pushKept(draft);
    await this.#accepted();
  }

  /**
   * Writes what ends the attempt, after everything else. From now on only this writes: what a handler still does is
   * dropped. @throws what an append failed with.
   */
  async conclude(draft: TaskEventDraft): Promise<void> {
    this.#sealed = true;
    this.#buffer.pushKept(draft);
    await this.flush();
  }

  /** Resolves once everything written so far is in the log. @throws what an append failed with. */
  async flush(): Promise<void> {
    while (this.#failure === undefined && (this.#sending !== undefined || !this.#buffer.empty)) {
      this.#urgent = !this.#buffer.empty;
      this.#schedule();
      await this.#sending;
    }
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** Ends the journal: what is written from now on is dropped. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Starts sending if it is time, and holds the writer up while there is too much. */
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
    await Promise.resolve(); // What is written in the same breath goes along.
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
