import type { Gap } from '@taskwire/protocol';

/** Most cursors that are kept for one snapshot. Clients choose them. */
const MOST_CURSORS = 64;

/** The events that are missing for a watcher at `cursor` that goes on after `seq`. */
export function gapBetween(cursor: number, seq: number): Gap {
  return cursor < seq ? { from: cursor + 1, to: seq } : { from: seq + 1, to: cursor };
}

/** Messages for watchers whose events are gone: the same object for all watchers with one cursor. */
export class Gaps<Snapshot extends { seq: number }> {
  readonly #known = new WeakMap<Snapshot, Map<number, Snapshot & { gap: Gap }>>();

  /** The snapshot with the gap that it stands for. */
  message(cursor: number, snapshot: Snapshot): Snapshot & { gap: Gap } {
    const known = this.#known.get(snapshot) ?? new Map<number, Snapshot & { gap: Gap }>();
    this.#known.set(snapshot, known);
    const message = known.get(cursor) ?? { ...snapshot, gap: gapBetween(cursor, snapshot.seq) };
    if (known.size >= MOST_CURSORS) known.clear();
    known.set(cursor, message);
    return message;
  }
}
