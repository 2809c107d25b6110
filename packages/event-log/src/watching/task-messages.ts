import { compact, type SnapshotMessage, type TaskEvent, type TaskSnapshot } from '@taskwire/protocol';
import { Gaps } from './gaps.ts';

/** Most merged runs of events that are kept. */
const MOST_RUNS = 8;

/**
 * The messages of a task besides its events. Watchers that need the same message get the same object, so that it is encoded
 * once for all of them.
 */
export class TaskMessages {
  readonly #snapshots = new WeakMap<TaskSnapshot, SnapshotMessage>();
  readonly #gaps = new Gaps<SnapshotMessage>();
  readonly #runs = new Map<string, readonly TaskEvent[]>();

  snapshot(snapshot: TaskSnapshot): SnapshotMessage {
    const message = this.#snapshots.get(snapshot) ?? { type: 'snapshot', ...snapshot };
    this.#snapshots.set(snapshot, message);
    return message;
  }

  /** The message for a watcher at a cursor whose next events are gone. */
  gap(cursor: number, standIn: TaskSnapshot): SnapshotMessage {
    return this.#gaps.message(cursor, this.snapshot(standIn));
  }

  /** A run of events, with tokens, progress and data merged. */
  merged(events: readonly TaskEvent[]): readonly TaskEvent[] {
    const key = `${events[0]?.seq}-${events.at(-1)?.seq}`;
    const known = this.#runs.get(key);
    if (known !== undefined) return known;
    if (this.#runs.size >= MOST_RUNS) this.#runs.clear();
    const merged = compact(events);
    this.#runs.set(key, merged);
    return merged;
  }
}
