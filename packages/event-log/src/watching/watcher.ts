/**
 * Where a watcher stands in a log: up to where it was told, and up to where the log was looked at for it. They differ for
 * one whose filter the latest events did not match.
 */
export interface Position {
  readonly deliveredSeq: number;
  readonly seenSeq: number;
}

/** One watcher of a log. It pulls, and so holds no queue of its own: a slow one costs no memory (MUST 11). */
export interface Watcher<Message> {
  /**
   * Returns the next messages, in order; empty if there are none yet. Watchers at the same position get the same
   * objects if their filters let the same events through.
   * @param limit the most entries of the log that are looked at in one go.
   * @throws if the log is unreadable; and the reason for which every watcher is being sent away, if there is one.
   */
  next(limit?: number): Promise<readonly Message[]>;
  /** Whether nothing more will come. */
  readonly ended: boolean;
  /** Undefined before a new watcher's first message. */
  readonly position: Position | undefined;
  /** The feed that it pulls from. */
  readonly feed: {
    readonly version: number;
    /** Waits for a version other than `version`, or until `signal` aborts. */
    changed(version: number, signal: AbortSignal): Promise<void>;
  };
}

/** One step of a watcher without a filter: what it was told, from its position before up to the last entry looked at. */
export interface Step<Message> {
  readonly messages: readonly Message[];
  readonly from: Position;
  readonly seenSeq: number;
}

/** Messages of a step that pass a filter, and the seq up to which a watcher has been told then. */
export interface Selected<Message> {
  readonly messages: readonly Message[];
  readonly deliveredSeq: number;
}

/**
 * Applies a filter to a step, for watchers that took part in it and were told up to `told` before. Returns the same
 * object for all that are told the same. Undefined if only a watcher of their own can tell them.
 */
export type Select<Message, Filter> = (
  deliveredSeq: number,
  filter: Filter | undefined,
) => Selected<Message> | undefined;

/** A hold on a log that any number of watchers share. It must be released. */
export interface Watching<Message, Filter = never> {
  /** A watcher that has been told everything up to a position; without one, a new watcher. */
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

/** The position of a watcher that brings a cursor. */
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

/** The messages that are there now, or else the first ones to come within `waitMs`; none if none came. */
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
