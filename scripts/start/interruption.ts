/** Ctrl-C often comes twice: from the terminal to everyone in it, and from the program above this one. */
const ECHO_MS = 1_000;

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
 * Listens for Ctrl-C and SIGTERM. At a second signal, later than an echo of the first, the process
 * ends at once.
 */
export function listenForInterruption(): Interruption {
  const controller = new AbortController();
  let firstAt: number | undefined;
  const onSignal = (name: NodeJS.Signals): void => {
    if (firstAt !== undefined && Date.now() - firstAt > ECHO_MS) process.exit(130);
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
