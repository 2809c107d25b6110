import type { ServerResponse } from 'node:http';

/** The answers that a foreign server still writes for us. Its own shutdown does not know about our streams. */
export class OpenAnswers {
  readonly #open = new Set<ServerResponse>();
  #onEmpty: (() => void) | undefined;

  add(response: ServerResponse): void {
    this.#open.add(response);
    response.once('close', () => {
      this.#open.delete(response);
      if (this.#open.size === 0) this.#onEmpty?.();
    });
  }

  /** Waits until all are closed. After `drainMs` milliseconds it cuts the others off. */
  async ended(drainMs: number): Promise<void> {
    if (this.#open.size === 0) return;
    const deadline = setTimeout(() => {
      for (const response of this.#open) response.destroy();
    }, drainMs);
    await new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
    clearTimeout(deadline);
  }
}
