import type { Connection } from './connection.ts';

/** Number of groups that are visited one after the other: thousands of pings at one moment would delay events. */
const GROUPS = 60;
/** Shortest time (ms) between two groups. */
const SHORTEST_STEP_MS = 5;

/** Pings every connection once in `everyMs` milliseconds, also while events flow. */
export class KeepAlive {
  readonly #groups: Set<Connection>[];
  readonly #timer: NodeJS.Timeout;
  readonly #stallMs: number;
  #next = 0;
  #visited = 0;

  constructor({ everyMs, stallMs }: { everyMs: number; stallMs: number }) {
    const groups = Math.max(1, Math.min(GROUPS, Math.floor(everyMs / SHORTEST_STEP_MS)));
    this.#groups = Array.from({ length: groups }, () => new Set<Connection>());
    this.#stallMs = stallMs;
    this.#timer = setInterval(() => this.#visit(), everyMs / groups);
    this.#timer.unref();
  }

  /** @returns a function that removes the connection. */
  add(connection: Connection): () => void {
    const group = this.#groups[this.#next++ % this.#groups.length];
    group?.add(connection);
    return () => void group?.delete(connection);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #visit(): void {
    const now = Date.now();
    const group = this.#groups[this.#visited++ % this.#groups.length] ?? [];
    for (const connection of group) connection.ping({ now, stallMs: this.#stallMs });
  }
}
