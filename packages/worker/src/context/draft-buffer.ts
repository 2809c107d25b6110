import type { TaskEventDraft } from '@taskwire/protocol';
import { mergeDrafts, type LatestDraft } from './merge-drafts.ts';

export type ProgressDraft = Extract<TaskEventDraft, { type: 'progress' }>;

/** Weight of an event besides its text: bounds the number of small events. */
const EVENT_WEIGHT = 64;

interface WaitingDraft {
  draft: TaskEventDraft;
  weight: number;
}

/**
 * Events that wait to be appended, in order. Tokens of a stage, and items of a list, that follow each other become one
 * event when they are taken. Of a stage's progress, and of a `latest` channel, only the latest is kept, except drafts of
 * `pushKept`.
 */
export class DraftBuffer {
  /** By place. A replaced draft leaves its place empty. */
  readonly #drafts = new Map<number, WaitingDraft>();
  #nextPlace = 0;
  /** Place of the draft of each stage or channel that a later one may replace. */
  readonly #replaceable = new Map<string, number>();
  #weight = 0;
  #textLength = 0;

  /** Length (UTF-16 units) of the text, and of the JSON of items, that waits. */
  get textLength(): number {
    return this.#textLength;
  }

  /** Total weight of all that waits: the length of its text and values, and `EVENT_WEIGHT` for each event. */
  get weight(): number {
    return this.#weight;
  }

  get empty(): boolean {
    return this.#drafts.size === 0;
  }

  pushKept(draft: TaskEventDraft): void {
    this.#append(draft);
    this.#textLength += lengthOf(draft);
  }

  /** Replaces the stage's progress, or the channel's value, that waits. */
  pushReplaceable(draft: ProgressDraft | LatestDraft): void {
    const key = draft.type === 'progress' ? `stage ${draft.stage}` : `channel ${draft.channel}`;
    const earlier = this.#replaceable.get(key);
    if (earlier !== undefined) {
      this.#weight -= this.#drafts.get(earlier)?.weight ?? 0;
      this.#drafts.delete(earlier);
    }
    this.#replaceable.set(key, this.#append(draft));
  }

  /** Returns all that waits, and empties the buffer. */
  take(): TaskEventDraft[] {
    const drafts = Array.from(this.#drafts.values(), ({ draft }) => draft);
    this.#drafts.clear();
    this.#replaceable.clear();
    this.#weight = 0;
    this.#textLength = 0;
    return mergeDrafts(drafts);
  }

  #append(draft: TaskEventDraft): number {
    const place = this.#nextPlace;
    const weight = EVENT_WEIGHT + lengthOf(draft);
    this.#nextPlace += 1;
    this.#drafts.set(place, { draft, weight });
    this.#weight += weight;
    return place;
  }
}

/** Length (UTF-16 units) of a draft's text, or of the JSON of its values. */
function lengthOf(draft: TaskEventDraft): number {
  switch (draft.type) {
    case 'token':
      return draft.text.length;
    case 'log':
      return draft.message.length;
    case 'data':
      return JSON.stringify('values' in draft ? draft.values : draft.value).length;
    default:
      return 0;
  }
}
