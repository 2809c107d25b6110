import { type Gap, type SnapshotMessage, type TaskMessage, type TaskSnapshot } from '@taskwire/protocol';
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

/** Waits until the feed is not at `seq` any more, or the watcher leaves. Nothing stays behind either way. */
function changed(feed: Feed, seq: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      forget();
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const forget = feed.onChange(wake);
    signal.addEventListener('abort', wake, { once: true });
    if (signal.aborted || !feed.isAt(seq)) wake();
  });
}

async function messagesAfter(feed: Feed, cursor: number): Promise<readonly TaskMessage[]> {
  const next = await feed.after(cursor);
  return 'snapshot' in next ? [gapMessage(cursor, next.snapshot)] : next.events;
}

interface Start {
  cursor: number | undefined;
  signal: AbortSignal;
}

async function* watch(hub: Hub, feed: Feed, { cursor, signal }: Start): AsyncGenerator<TaskMessage, void, undefined> {
  let seq = cursor;
  if (seq === undefined) {
    const { head } = feed;
    yield snapshotMessage(head);
    seq = head.seq;
  }
  while (!signal.aborted) {
    hub.throwIfInterrupted();
    const messages = await messagesAfter(feed, seq);
    for (const message of messages) {
      yield message;
      seq = message.seq;
    }
    if (feed.ended && seq === feed.head.seq) return;
    if (messages.length === 0) await changed(feed, seq, signal);
  }
}

/**
 * One watcher (MUSTs 3, 4, 5, 7). It pulls by cursor, from the feed's memory or from the log, and so holds no queue of
 * its own: a slow one costs no memory.
 */
export async function* follow(hub: Hub, task: TaskAddress, start: Start): AsyncGenerator<TaskMessage, void, undefined> {
  hub.throwIfInterrupted();
  const lease = await hub.acquire(task);
  try {
    yield* watch(hub, lease.feed, start);
  } finally {
    lease.release();
  }
}
