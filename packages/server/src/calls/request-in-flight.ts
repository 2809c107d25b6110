import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * A request that holds places: admitted → running → ended. Its places are freed when its connection is closed and none of
 * its calls runs: a call goes on if its client leaves, or has got a part of the answer. If the body was cut off, no call
 * ever runs, because tRPC waits for the rest.
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

  /** Begins a part: a call, or the answer as a whole. @returns a function that ends it, once. */
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

  /** Only a POST has a body: the input of other calls is in the address. */
  #isCutOff(): boolean {
    return this.#request.method === 'POST' && !this.#request.complete;
  }
}
