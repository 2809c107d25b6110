/** The members of an AbortSignal that a wait needs: this package has the types of neither browsers nor Node. */
interface WaitSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options: { once: true }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/**
 * Wakes waiters after a change. A waiter notes the version, looks, and then waits for another version: a change between
 * the look and the wait is not missed.
 */
export class ChangeSignal {
  readonly #waiting = new Set<() => void>();
  #version = 0;

  /** Number of changes so far. */
  get version(): number {
    return this.#version;
  }

  /** Counts a change and wakes all waiters. */
  emit(): void {
    this.#version += 1;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }

  /** Resolves at a version other than `version`, or when `signal` aborts. Leaves no listener behind. */
  changed(version: number, signal: WaitSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake, { once: true });
      if (signal.aborted || version !== this.#version) wake();
    });
  }
}
