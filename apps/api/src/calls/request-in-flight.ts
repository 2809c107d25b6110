import type { ServerResponse } from 'node:http';

/**
 * A request that holds places: admitted → running → ended. Its places are given back once its connection is done with and
 * none of its calls runs any more: calls go on although their client has left.
 */
export class RequestInFlight {
  readonly #giveBack: () => void;
  #isRunning = false;
  #isClosed = false;

  constructor(response: ServerResponse, giveBack: () => void) {
    this.#giveBack = giveBack;
    const close = () => {
      this.#isClosed = true;
      this.#settle();
    };
    if (response.closed) close();
    else response.once('close', close);
  }

  /** Its calls begin. */
  begin(): void {
    this.#isRunning = true;
  }

  /** All of its calls have ended. */
  end(): void {
    this.#isRunning = false;
    this.#settle();
  }

  #settle(): void {
    if (this.#isClosed && !this.#isRunning) this.#giveBack();
  }
}
