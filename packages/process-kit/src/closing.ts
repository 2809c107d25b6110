import type { Logger } from 'pino';
import { within } from './within.ts';

/**
 * The resources that a stopping process closes, each within a time limit. A resource is pending, then closed. One that
 * fails or is late stays pending.
 */
export class Closing {
  readonly #logger: Logger;
  readonly #pending = new Set<string>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Names of the resources that are not closed. */
  get pending(): readonly string[] {
    return [...this.#pending];
  }

  /** Waits at most `milliseconds` until `work` has closed the resource of this name. Logs a failure; never throws. */
  async close(name: string, milliseconds: number, work: Promise<unknown>): Promise<void> {
    this.#pending.add(name);
    try {
      await within(milliseconds, work, () => new Error(`not closed after ${milliseconds} ms`));
      this.#pending.delete(name);
    } catch (err) {
      this.#logger.warn({ err, part: name }, `${name}: not closed in order`);
    }
  }
}
