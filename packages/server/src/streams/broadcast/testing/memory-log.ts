import type { Position, Select, Selected, Step, Watcher, Watching } from '@taskwire/event-log';
import { ChangeSignal } from '@taskwire/protocol';
import { vi } from 'vitest';

/** An event whose text is to be so long. */
export interface SizedEvent {
  readonly seq: number;
  readonly size: number;
}

/** A filter that lets every n-th event through. */
export type Modulus = number;

function passes(filter: Modulus | undefined): (event: SizedEvent) => boolean {
  return ({ seq }) => filter === undefined || seq % filter === 0;
}

/** The same object for filters that let the same through. */
function select({ messages, seenSeq }: Step<SizedEvent>): Select<SizedEvent, Modulus> {
  const known = new Map<string, Selected<SizedEvent>>();
  return (deliveredSeq, filter) => {
    const matching = messages.filter(passes(filter));
    const key = matching.map(({ seq }) => seq).join(' ');
    const end = filter === undefined ? seenSeq : (matching.at(-1)?.seq ?? deliveredSeq);
    const selected = known.get(key) ?? { messages: matching, deliveredSeq: end };
    if (matching.length > 0) known.set(key, selected);
    return selected;
  };
}

/** A log in memory. Watchers get the same objects, a hundred at once at most. */
export class MemoryLog {
  readonly release = vi.fn();
  readonly feed = new ChangeSignal();
  readonly #events: SizedEvent[] = [];
  #failure: Error | undefined;

  /** Number of the last event. */
  get last(): number {
    return this.#events.length;
  }

  append(size = 10): void {
    this.#events.push({ seq: this.#events.length + 1, size });
    this.feed.emit();
  }

  fail(failure: Error): void {
    this.#failure = failure;
    this.feed.emit();
  }

  readonly watch = (): Promise<Watching<SizedEvent, Modulus>> =>
    Promise.resolve({
      watcherAt: (position, filter) => this.#watcherAt(position, filter),
      select,
      release: this.release,
    });

  #watcherAt(position: Position | undefined, filter?: Modulus): Watcher<SizedEvent> {
    let deliveredSeq = position?.deliveredSeq ?? 0;
    let seenSeq = position?.seenSeq ?? 0;
    return {
      next: (limit = 100) => {
        if (this.#failure !== undefined) return Promise.reject(this.#failure);
        const events = this.#events.slice(seenSeq, seenSeq + limit);
        seenSeq += events.length;
        const matching = events.filter(passes(filter));
        deliveredSeq = filter === undefined ? seenSeq : (matching.at(-1)?.seq ?? deliveredSeq);
        return Promise.resolve(matching);
      },
      ended: false,
      get position() {
        return { deliveredSeq, seenSeq };
      },
      feed: this.feed,
    };
  }
}
