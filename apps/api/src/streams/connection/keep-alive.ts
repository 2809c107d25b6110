import type { Connection } from './connection.ts';

/** Connections are visited in so many groups, one after the other, so that thousands do not stir at one moment. */
const GROUPS = 60;
const SHORTEST_STEP_MS = 5;

/** Visits every connection once in `everyMs` milliseconds: a ping, whether or not events flow. */
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

  /** @returns what takes the connection out again. */
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
