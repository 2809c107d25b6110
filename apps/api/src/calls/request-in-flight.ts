import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * A request that holds places: admitted → running → ended. Its places are given back once its connection is done with and
 * none of its calls runs any more: calls go on although their client has left, or has been answered in part. Calls whose
 * body was cut off never do anything: tRPC waits for the rest of it for ever.
 */
export class RequestInFlight {
  readonly #request: IncomingMessage;
  readonly #giveBack: () => void;
  #running = 0;
  #isClosed = false;

  constructor(request: IncomingMessage, response: ServerResponse, giveBack: () => void) {
    this.#request = request;
    this.#giveBack = giveBack;
    const close = () => {
      this.#isClosed = true;
      this.#settle();
    };
    if (response.closed || response.destroyed) close();
    else response.once('close', close);
  }

  /** A part of it begins: a call, or the answer as a whole. @returns what ends it; once is enough. */
  begin(): () => void {
    this.#running += 1;
    let isRunning = true;
    return () => {
      if (!isRunning) return;
      isRunning = false;
      this.#running -= 1;
      this.#settle();
    };
  }

  #settle(): void {
    if (this.#isClosed && (this.#running === 0 || this.#isCutOff())) this.#giveBack();
  }

  /** A body counts for POST alone: the input of other calls stands in the address. */
  #isCutOff(): boolean {
    return this.#request.method === 'POST' && !this.#request.complete;
  }
}
