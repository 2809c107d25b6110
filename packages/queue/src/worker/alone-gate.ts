/**
 * Keeps a process for one task that is suspected of ending its process. Open → held by a task → open.
 */
export class AloneGate {
  readonly #onChange: (isHeld: boolean) => void;
  #holder: string | undefined;

  /** @param onChange called when the gate is held, and when it opens. */
  constructor(onChange: (isHeld: boolean) => void) {
    this.#onChange = onChange;
  }

  /** Whether another task than this one has the process. */
  isClosedTo(taskId: string): boolean {
    return this.#holder !== undefined && this.#holder !== taskId;
  }

  isHeldBy(taskId: string): boolean {
    return this.#holder === taskId;
  }

  hold(taskId: string): void {
    if (this.#holder === undefined) this.#onChange(true);
    this.#holder = taskId;
  }

  /** Does nothing unless this task holds the gate. */
  release(taskId: string): void {
    if (this.#holder !== taskId) return;
    this.#holder = undefined;
    this.#onChange(false);
  }
}
