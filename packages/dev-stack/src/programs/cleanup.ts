interface Stop {
  what: string;
  run: () => Promise<void>;
}

/** Stops everything that was started, in the reverse order. */
export class Cleanup {
  readonly #stops: Stop[] = [];

  add(what: string, run: () => Promise<void>): void {
    this.#stops.push({ what, run });
  }

  get isEmpty(): boolean {
    return this.#stops.length === 0;
  }

  /** Stops everything, one after the other. One that fails does not keep the others from being stopped. */
  async run(): Promise<string[]> {
    const failures: string[] = [];
    for (let stop = this.#stops.pop(); stop !== undefined; stop = this.#stops.pop()) {
      try {
        await stop.run();
      } catch (error) {
        failures.push(`${stop.what}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    return failures;
  }
}
