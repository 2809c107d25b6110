/** A call after a pause. Starts during the pause make no further call. */
export class DelayedCall {
  readonly #pauseMs: number;
  readonly #call: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(pauseMs: number, call: () => void) {
    this.#pauseMs = pauseMs;
    this.#call = call;
  }

  start(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#call();
    }, this.#pauseMs);
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
