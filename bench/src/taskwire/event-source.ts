import type { TaskEventDraft } from '@taskwire/protocol';
import { stamp } from '../load/sample-event.ts';
import { fineClock } from '../measure/fine-clock.ts';

/** The stage of `demo.text` that a publisher writes in. */
export const PUBLISHED_STAGE = 'draft';
/** Number of events that halve the remaining percentage: it rises for ever and never reaches 100. */
const HALF_LIFE = 1_000;

/**
 * Makes the events of one publisher. Each says in its text (`itemName`, `text`) which it is and when it was made, by the
 * fine clock: the log's own `at` is in whole milliseconds.
 */
export class EventSource {
  #made = 0;
  #written = 0;

  /** @param messageLength characters of the message that a progress event brings along; none if absent. */
  make(type: 'progress' | 'token', messageLength?: number): TaskEventDraft {
    this.#made += 1;
    if (type === 'token') return this.#token();
    return { ...this.#progress(), ...(messageLength === undefined ? {} : { message: '.'.repeat(messageLength) }) };
  }

  #progress() {
    const percent = 100 * (1 - HALF_LIFE / (HALF_LIFE + this.#made));
    return {
      type: 'progress',
      stage: PUBLISHED_STAGE,
      current: this.#made,
      total: this.#made + HALF_LIFE,
      percent: Math.round(percent * 1_000) / 1_000,
      itemName: stamp(this.#made, fineClock()),
    } as const;
  }

  #token(): TaskEventDraft {
    const text = stamp(this.#made, fineClock());
    const offset = this.#written;
    this.#written += text.length;
    return { type: 'token', stage: PUBLISHED_STAGE, text, offset };
  }
}
