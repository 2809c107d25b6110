import type { Logger } from 'pino';
import { within } from './within.ts';

/** The parts that a stopping process closes. Each is pending, then closed; a part that fails or is late stays pending. */
export class Closing {
  readonly #logger: Logger;
  readonly #pending = new Set<string>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** The parts that are not closed. */
  get pending(): readonly string[] {
    return [...this.#pending];
  }

  /** Waits until `work` has closed the part, at most `milliseconds`. Never throws. */
  async close(part: string, milliseconds: number, work: Promise<unknown>): Promise<void> {
    this.#pending.add(part);
    try {
      await within(milliseconds, work, () => new Error(`no end after ${milliseconds} ms`));
      this.#pending.delete(part);
    } catch (err) {
      this.#logger.warn({ err, part }, `${part}: not closed in an orderly way`);
    }
  }
}
