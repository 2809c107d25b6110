/** One watcher of a log. It pulls, and so holds no queue of its own: a slow one costs no memory (MUST 11). */
export interface Watcher<Message> {
  /** What there is to tell now, in order; empty if there is nothing yet. @throws if the log is unreadable. */
  next(): Promise<readonly Message[]>;
  /** Whether nothing more will come. */
  readonly ended: boolean;
  /** The feed that it pulls from. */
  readonly feed: {
    readonly version: number;
    changed(version: number, signal: AbortSignal): Promise<void>;
  };
}

/**
 * Every message for a watcher, now and later, until the log ends or `signal` aborts.
 * @param throwIfInterrupted throws the reason for which every watcher is being sent away, if there is one.
 */
export async function* messagesOf<Message>(
  watcher: Watcher<Message>,
  throwIfInterrupted: () => void,
  signal: AbortSignal,
): AsyncGenerator<Message, void, undefined> {
  while (!signal.aborted) {
    throwIfInterrupted();
    const { version } = watcher.feed;
    const messages = await watcher.next();
    yield* messages;
    if (watcher.ended) return;
    if (messages.length === 0) await watcher.feed.changed(version, signal);
  }
}

/** The messages that are there now, or else the first ones to come within `waitMs`; none if none came. */
export async function pollOf<Message>(
  watcher: Watcher<Message>,
  throwIfInterrupted: () => void,
  { waitMs, signal }: { waitMs: number; signal: AbortSignal },
): Promise<readonly Message[]> {
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  const timer = setTimeout(leave, waitMs);
  signal.addEventListener('abort', leave, { once: true });
  try {
    for (;;) {
      throwIfInterrupted();
      const { version } = watcher.feed;
      const messages = await watcher.next();
      if (messages.length > 0 || watcher.ended || leaving.signal.aborted || signal.aborted) return messages;
      await watcher.feed.changed(version, leaving.signal);
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', leave);
  }
}
