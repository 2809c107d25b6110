import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { encodeComment, encodeRetry } from './frame.ts';

/** Clients of a server that went away come back after this long (ms), each at its own time. */
const RETRY_MS = { least: 1_000, most: 3_000 };

function retryDelay(): number {
  return RETRY_MS.least + Math.random() * (RETRY_MS.most - RETRY_MS.least);
}

/**
 * One Server-Sent Events answer: begun → ended by `end`, or aborted because the client left. `signal` tells of the
 * latter. Keeps sending comments, so that clients and proxies see a living connection and dead peers are found.
 */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #gone = new AbortController();
  readonly #heartbeat: NodeJS.Timeout;

  constructor(response: ServerResponse, heartbeatMs: number) {
    this.#response = response;
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs);
    const leave = () => {
      clearInterval(this.#heartbeat);
      this.#gone.abort();
    };
    // A client that left before this was made: `close` has been, and does not come again.
    if (response.destroyed) leave();
    else response.once('close', leave);
    if (this.signal.aborted) return;
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
    });
    response.write(encodeRetry(retryDelay()));
  }

  /** Aborts when the client is gone. */
  get signal(): AbortSignal {
    return this.#gone.signal;
  }

  /** Sends frames; resolves once the client has room for more, or is gone. */
  async send(frames: string): Promise<void> {
    if (this.signal.aborted || this.#response.write(frames)) return;
    // `close` comes with the signal's abort; either ends the wait.
    await once(this.#response, 'drain', { signal: this.signal }).catch((error: unknown) => {
      if (!this.signal.aborted) throw error;
    });
  }

  /** Ends the answer, after a last comment for whoever reads along. */
  end(comment?: string): void {
    clearInterval(this.#heartbeat);
    if (!this.signal.aborted) this.#response.end(comment === undefined ? undefined : encodeComment(comment));
  }

  #beat(): void {
    if (!this.#response.writableNeedDrain) this.#response.write(encodeComment('heartbeat'));
  }
}
