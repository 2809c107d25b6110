import type { Connection } from './connection.ts';

/** Interval (ms) of the check for expired tokens. */
const STEP_MS = 250;

/** Ends each stream when its token expires (MUST 18). One timer serves all streams. */
export class Expiries {
  /** Connections by the time (ms since 1970) at which their tokens expire. */
  readonly #byTime = new Map<number, Set<Connection>>();
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#timer = setInterval(() => this.#visit(), STEP_MS);
    this.#timer.unref();
  }

  /** @returns a function that removes the connection. */
  add(connection: Connection, time: number): () => void {
    const connections = this.#byTime.get(time) ?? new Set();
    this.#byTime.set(time, connections.add(connection));
    return () => {
      connections.delete(connection);
      if (connections.size === 0 && this.#byTime.get(time) === connections) this.#byTime.delete(time);
    };
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #visit(): void {
    const now = Date.now();
    for (const [time, connections] of this.#byTime) {
      if (time > now) continue;
      this.#byTime.delete(time);
      for (const connection of connections) connection.expire();
    }
  }
}
