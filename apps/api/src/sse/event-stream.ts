import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { encodeComment, encodeRetry } from './frame.ts';

/** Clients of a server that went away come back after this long (ms), each at its own time. */
const RETRY_MS = { least: 1_000, most: 3_000 };

function retryDelay(): number {
  return RETRY_MS.least + Math.random() * (RETRY_MS.most - RETRY_MS.least);
}

/**
 * One Server-Sent Events answer: made → begun → ended by `end`, or aborted because the client left, which `signal` tells.
 * Until it has begun another answer may be given. Then it keeps sending comments, so that clients and proxies see a
 * living connection and dead peers are found.
 */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #heartbeatMs: number;
  readonly #gone = new AbortController();
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(response: ServerResponse, heartbeatMs: number) {
    this.#response = response;
    this.#heartbeatMs = heartbeatMs;
    const leave = () => {
      clearInterval(this.#heartbeat);
      this.#gone.abort();
    };
    // A client that left before this was made: `close` has been, and does not come again.
    if (response.destroyed) leave();
    else response.once('close', leave);
  }

  /** Aborts when the client is gone. */
  get signal(): AbortSignal {
    return this.#gone.signal;
  }

  /** Whether the answer is an event stream for good. */
  get begun(): boolean {
    return this.#heartbeat !== undefined;
  }

  /** Begins the answer, unless it has begun or the client is gone. */
  begin(): void {
    if (this.begun || this.signal.aborted) return;
    this.#heartbeat = setInterval(() => this.#beat(), this.#heartbeatMs);
    this.#response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
    });
    this.#response.write(encodeRetry(retryDelay()));
  }

  /** Sends frames; resolves once the client has room for more, or is gone. */
  async send(frames: string): Promise<void> {
    this.begin();
    if (this.signal.aborted || this.#response.write(frames)) return;
    // `close` comes with the signal's abort; either ends the wait.
    await once(this.#response, 'drain', { signal: this.signal }).catch((error: unknown) => {
      if (!this.signal.aborted) throw error;
    });
  }

  /** Ends the answer, after a last comment for whoever reads along. */
  end(comment?: string): void {
    this.begin();
    clearInterval(this.#heartbeat);
    if (!this.signal.aborted) this.#response.end(comment === undefined ? undefined : encodeComment(comment));
  }

  #beat(): void {
    if (!this.#response.writableNeedDrain) this.#response.write(encodeComment('heartbeat'));
  }
}
