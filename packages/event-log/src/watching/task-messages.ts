import { compact, type SnapshotMessage, type TaskEvent, type TaskSnapshot } from '@taskwire/protocol';

/** Which events a watcher does not get that had everything up to `cursor` and goes on after `seq`. */
export function gapBetween(cursor: number, seq: number): { from: number; to: number } {
  return cursor < seq ? { from: cursor + 1, to: seq } : { from: seq + 1, to: cursor };
}

/** So many different runs of events at most are remembered as merged. */
const MOST_RUNS = 64;

/**
 * The messages of a task that are made for watchers, beside its events: the same object for all that are to be told the
 * same, so that it is encoded once for all of them.
 */
export class TaskMessages {
  readonly #snapshots = new WeakMap<TaskSnapshot, SnapshotMessage>();
  readonly #gaps = new WeakMap<TaskSnapshot, Map<number, SnapshotMessage>>();
  readonly #runs = new Map<string, readonly TaskEvent[]>();

  snapshot(snapshot: TaskSnapshot): SnapshotMessage {
    const message = this.#snapshots.get(snapshot) ?? { type: 'snapshot', ...snapshot };
    this.#snapshots.set(snapshot, message);
    return message;
  }

  /** What the events after a cursor being gone looks like to a watcher. */
  gap(cursor: number, standIn: TaskSnapshot): SnapshotMessage {
    const known = this.#gaps.get(standIn) ?? new Map<number, SnapshotMessage>();
    this.#gaps.set(standIn, known);
    const message = known.get(cursor) ?? {
      ...this.snapshot(standIn),
      gap: gapBetween(cursor, standIn.seq),
    };
    known.set(cursor, message);
    return message;
  }

  /** A run of events, tokens and progress merged. */
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
