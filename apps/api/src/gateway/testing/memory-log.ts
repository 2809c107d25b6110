import type { Position, Watcher, Watching } from '@taskwire/event-log';
import { vi } from 'vitest';

/** An event whose text is to be so long. */
export interface SizedEvent {
  readonly seq: number;
  readonly size: number;
}

/** A log in memory. Watchers get the same objects, a hundred at once at most. */
export class MemoryLog {
  readonly release = vi.fn();
  readonly feed = { version: 0, changed: (version: number, signal: AbortSignal) => this.#changed(version, signal) };
  readonly #events: SizedEvent[] = [];
  #waiting: (() => void)[] = [];
  #failure: Error | undefined;

  append(size = 10): void {
    this.#events.push({ seq: this.#events.length + 1, size });
    this.#wake();
  }

  fail(failure: Error): void {
    this.#failure = failure;
    this.#wake();
  }

  readonly watch = (): Promise<Watching<SizedEvent>> =>
    Promise.resolve({ watcherAt: (position) => this.#watcherAt(position), release: this.release });

  #watcherAt(position: Position | undefined): Watcher<SizedEvent> {
    let told = position?.told ?? 0;
    return {
      next: () => {
        if (this.#failure !== undefined) return Promise.reject(this.#failure);
        const events = this.#events.slice(told, told + 100);
        told += events.length;
        return Promise.resolve(events);
      },
      ended: false,
      get position() {
        return { told, seen: told };
      },
      feed: this.feed,
    };
  }

  #changed(version: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      signal.onabort = () => resolve();
      if (version !== this.feed.version) resolve();
    });
  }

  #wake(): void {
    this.feed.version += 1;
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
