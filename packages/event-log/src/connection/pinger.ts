import type { Redis } from 'ioredis';

/** Interval (ms) of the pings, and the longest time of an answer. */
const PING_EVERY_MS = 5_000;

/** The members of a connection that pings need. */
type PingableConnection = Pick<Redis, 'status' | 'disconnect' | 'on' | 'off'> & { ping: () => Promise<unknown> };

/**
 * Finds connections whose other end is gone without a word: a host that lost its power, a firewall that forgot. The
 * operating system notices after minutes, and never on a subscriber, which only listens. A connection that does not
 * answer is closed and opened again; ioredis repeats unanswered commands. Pings until it is stopped.
 */
export class Pinger {
  readonly #connection: PingableConnection;
  readonly #timer: NodeJS.Timeout;
  #waitingFor: Promise<unknown> | undefined;
  #givenUp = false;
  readonly #closed = () => {
    this.#givenUp = false;
    this.#waitingFor = undefined;
  };

  constructor(connection: PingableConnection, pingEveryMs = PING_EVERY_MS) {
    this.#connection = connection;
    this.#timer = setInterval(() => this.#ping(), pingEveryMs);
    this.#timer.unref();
    connection.on('close', this.#closed);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#connection.off('close', this.#closed);
  }

  #ping(): void {
    if (this.#givenUp || this.#connection.status !== 'ready') return;
    if (this.#waitingFor !== undefined) {
      this.#givenUp = true;
      this.#connection.disconnect(true);
      return;
    }
    const ping = this.#connection.ping();
    const answered = () => {
      if (this.#waitingFor === ping) this.#waitingFor = undefined;
    };
    this.#waitingFor = ping;
    // A failed ping is no sign of life: it may have timed out. A lost connection emits `close`.
    ping.then(answered, () => undefined);
  }
}
