/** Longest time (ms) between two copies of one Ctrl-C: from the terminal to all in it, and from a parent process. */
const ECHO_MS = 1_000;

/** Exit status of a program that Ctrl-C ended, by the convention of shells. */
export const INTERRUPTED_STATUS = 130;

export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

export interface Interruption {
  /** Aborts with an Interrupted. */
  readonly signal: AbortSignal;
  /** Rejects with an Interrupted; never resolves. */
  readonly rejection: Promise<never>;
  /** Restores the listeners from before. */
  release(): void;
}

/**
 * Listens for Ctrl-C, SIGTERM and SIGHUP. At a second signal, later than an echo of the first, the process ends at once,
 * after `beforeExit`.
 */
export function listenForInterruption(beforeExit: () => void = () => undefined): Interruption {
  const controller = new AbortController();
  let firstAt: number | undefined;
  const onSignal = (name: NodeJS.Signals): void => {
    if (firstAt !== undefined && Date.now() - firstAt > ECHO_MS) {
      beforeExit();
      process.exit(INTERRUPTED_STATUS);
    }
    firstAt ??= Date.now();
    controller.abort(new Interrupted(`stopped by ${name}`));
  };
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of names) process.on(name, onSignal);
  const rejection = new Promise<never>((_resolve, reject) => {
    controller.signal.addEventListener('abort', () => reject(new Interrupted('interrupted')), { once: true });
  });
  rejection.catch(() => undefined);
  return {
    signal: controller.signal,
    rejection,
    release: () => {
      for (const name of names) process.off(name, onSignal);
    },
  };
}
