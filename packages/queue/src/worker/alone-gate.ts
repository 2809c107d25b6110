/**
 * Keeps other tasks out of a process while it runs a task that is suspected of ending it.
 * Modes: open → held by a task → open.
 */
export class AloneGate {
  readonly #onChange: (isHeld: boolean) => void;
  #holder: string | undefined;

  /** @param onChange called with true when a task takes the gate, and with false when it opens. */
  constructor(onChange: (isHeld: boolean) => void) {
    this.#onChange = onChange;
  }

  /** Whether another task holds the gate. */
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

  /** Opens the gate, if this task holds it. */
  release(taskId: string): void {
    if (this.#holder !== taskId) return;
    this.#holder = undefined;
    this.#onChange(false);
  }
}
