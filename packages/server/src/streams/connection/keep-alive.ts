import type { Connection } from './connection.ts';

/** Number of slots that are visited one after the other: thousands of pings at one moment would delay events. */
const SLOTS = 60;
/** Shortest time (ms) between two slots. */
const SHORTEST_STEP_MS = 5;

/** Pings every connection once in `everyMs` milliseconds, also while events flow. */
export class KeepAlive {
  readonly #slots: Set<Connection>[];
  readonly #timer: NodeJS.Timeout;
  readonly #stallMs: number;
  #next = 0;
  #visited = 0;

  constructor({ everyMs, stallMs }: { everyMs: number; stallMs: number }) {
    const slots = Math.max(1, Math.min(SLOTS, Math.floor(everyMs / SHORTEST_STEP_MS)));
    this.#slots = Array.from({ length: slots }, () => new Set<Connection>());
    this.#stallMs = stallMs;
    this.#timer = setInterval(() => this.#visit(), everyMs / slots);
    this.#timer.unref();
  }

  /** @returns a function that removes the connection. */
  add(connection: Connection): () => void {
    const slot = this.#slots[this.#next++ % this.#slots.length];
    slot?.add(connection);
    return () => void slot?.delete(connection);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #visit(): void {
    const now = Date.now();
    const slot = this.#slots[this.#visited++ % this.#slots.length] ?? [];
    for (const connection of slot) connection.ping({ now, stallMs: this.#stallMs });
  }
}
