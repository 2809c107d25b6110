import type { Redis } from 'ioredis';

/** How often (ms) a connection is asked whether it lives, and how long the answer may take. */
const PING_EVERY_MS = 5_000;

/** As much of a connection as is needed to know that it lives. */
type PingableConnection = Pick<Redis, 'status' | 'disconnect' | 'on' | 'off'> & { ping: () => Promise<unknown> };

/**
 * Finds connections whose other end is gone without a word (a host that lost its power, a firewall that forgot): the
 * operating system would notice after minutes, and a subscriber, which only listens, not at all. One that does not answer
 * is closed and made anew; what was under way is sent again. Pings until it is stopped.
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
    // One that failed (it took too long, say) is no sign of life; if the connection is lost, `close` says so.
    ping.then(answered, () => undefined);
  }
}
