import { isTerminalEventType, type Gap, type SnapshotMessage, type TaskMessage, type TaskSnapshot } from '@taskwire/protocol';
import type { Feed } from './feed.ts';
import type { Hub } from './hub.ts';
import type { TaskAddress } from './keys.ts';

function snapshotMessage(snapshot: TaskSnapshot, gap?: Gap): SnapshotMessage {
  return { type: 'snapshot', ...snapshot, ...(gap === undefined ? {} : { gap }) };
}

/** What the events after a cursor being gone looks like to the watcher (MUST 4). */
function gapMessage(cursor: number, snapshot: TaskSnapshot): SnapshotMessage {
  const gap = cursor < snapshot.seq ? { from: cursor + 1, to: snapshot.seq } : { from: snapshot.seq + 1, to: cursor };
  return snapshotMessage(snapshot, gap);
}

/** Waits for the next change of the feed, or for the watcher to leave. Nothing stays behind either way. */
function changed(feed: Feed, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      forget();
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const forget = feed.onChange(wake);
    signal.addEventListener('abort', wake, { once: true });
    if (signal.aborted) wake();
  });
}

/**
 * One watcher (MUSTs 3, 4, 5, 7). It pulls by cursor, from the feed's memory or from the log, and so holds no queue of
 * its own: a slow one costs no memory.
 */
export async function* follow(
  hub: Hub,
  task: TaskAddress,
  start: { cursor: number | undefined; signal: AbortSignal },
): AsyncGenerator<TaskMessage, void, undefined> {
  const { signal } = start;
  if (hub.interruption !== undefined) throw hub.interruption;
  const lease = await hub.acquire(task);
  const { feed } = lease;
  try {
    let cursor = start.cursor;
    if (cursor === undefined) {
      const { head } = feed;
      cursor = head.seq;
      yield snapshotMessage(head);
    }
    while (!signal.aborted) {
      if (hub.interruption !== undefined) throw hub.interruption;
      const next = await feed.after(cursor);
      if ('snapshot' in next) {
        yield gapMessage(cursor, next.snapshot);
        cursor = next.snapshot.seq;
        continue;
      }
      for (const event of next.events) {
        yield event;
        cursor = event.seq;
        if (isTerminalEventType(event.type)) return;
        if (signal.aborted) return;
      }
      if (next.events.length > 0) continue;
      if (feed.ended) return;
      await changed(feed, signal);
    }
  } finally {
    lease.release();
  }
}
