/**
 * Position of a watcher in a log. The seqs differ if its filter held back the latest events.
 */
export interface Position {
  /** Seq up to which the watcher's messages go. */
  readonly deliveredSeq: number;
  /** Seq up to which the log was read for the watcher. */
  readonly seenSeq: number;
}

/** One watcher of a log. It pulls, and has no queue of its own: a slow watcher costs no memory (MUST 11). */
export interface Watcher<Message> {
  /**
   * The next messages, in order; empty if there are none yet. Watchers at the same position whose filters match the same
   * events get the same objects.
   * @param limit most entries of the log that are read at once.
   * @throws Error if the log is unreadable; the reason of an interrupt, if there is one.
   */
  next(limit?: number): Promise<readonly Message[]>;
  /** Whether the log has ended, and the watcher has its last message. */
  readonly ended: boolean;
  /** Undefined before a new watcher's first message. */
  readonly position: Position | undefined;
  /** The feed that it pulls from: a `ChangeSignal`. */
  readonly feed: {
    readonly version: number;
    /** Waits for a version other than `version`, or until `signal` aborts. */
    changed(version: number, signal: AbortSignal): Promise<void>;
  };
}

/** One step of a watcher without a filter: its messages, from the position before it up to the last entry read. */
export interface Step<Message> {
  readonly messages: readonly Message[];
  readonly from: Position;
  readonly seenSeq: number;
}

/** The messages of a step that match a filter, and the seq up to which they go. */
export interface Selected<Message> {
  readonly messages: readonly Message[];
  readonly deliveredSeq: number;
}

/**
 * Applies a filter to a step, for watchers whose messages went up to `deliveredSeq` before it. Watchers with the same
 * messages get the same object. Undefined for a watcher that must pull by itself.
 */
export type Select<Message, Filter> = (
  deliveredSeq: number,
  filter: Filter | undefined,
) => Selected<Message> | undefined;

/** A hold on a log that any number of watchers share. It must be released. */
export interface Watching<Message, Filter = never> {
  /** A watcher at a position; without one, a new watcher. */
  readonly watcherAt: (position: Position | undefined, filter?: Filter) => Watcher<Message>;
  /** Applies filters to a step of a watcher that has none. */
  readonly select: (step: Step<Message>) => Select<Message, Filter>;
  readonly release: () => void;
}

/** Without filters, all watchers get the same messages. */
export function selectAll<Message>({ messages, seenSeq }: Step<Message>): Select<Message, never> {
  const selected = { messages, deliveredSeq: seenSeq };
  return () => selected;
}

/** The position of a watcher whose cursor, or last message, is this one; undefined for a new watcher. */
export function positionAt(cursor: number | undefined): Position | undefined {
  return cursor === undefined ? undefined : { deliveredSeq: cursor, seenSeq: cursor };
}

/** Every message for a watcher, now and later, until the log ends or `signal` aborts. */
export async function* messagesOf<Message>(
  watcher: Watcher<Message>,
  signal: AbortSignal,
): AsyncGenerator<Message, void, undefined> {
  while (!signal.aborted) {
    const { version } = watcher.feed;
    const messages = await watcher.next();
    yield* messages;
    if (watcher.ended) return;
    if (messages.length === 0) await watcher.feed.changed(version, signal);
  }
}

/** The messages that are there now, or the first ones within `waitMs` milliseconds; empty if none came. */
export async function pollOf<Message>(
  watcher: Watcher<Message>,
  { waitMs, signal }: { waitMs: number; signal: AbortSignal },
): Promise<readonly Message[]> {
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  const timer = setTimeout(leave, waitMs);
  signal.addEventListener('abort', leave, { once: true });
  try {
    for (;;) {
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
