import type { Gap } from '@taskwire/protocol';

/** So many different cursors at most are remembered for one snapshot: clients choose them. */
const MOST_CURSORS = 64;

/** Which events a watcher does not get that had everything up to `cursor` and goes on after `seq`. */
export function gapBetween(cursor: number, seq: number): Gap {
  return cursor < seq ? { from: cursor + 1, to: seq } : { from: seq + 1, to: cursor };
}

/** What watchers are told whose events are gone: the same object for all who bring one cursor. */
export class Gaps<Snapshot extends { seq: number }> {
  readonly #known = new WeakMap<Snapshot, Map<number, Snapshot & { gap: Gap }>>();

  /** The snapshot, saying which events it stands for. */
  message(cursor: number, snapshot: Snapshot): Snapshot & { gap: Gap } {
    const known = this.#known.get(snapshot) ?? new Map<number, Snapshot & { gap: Gap }>();
    this.#known.set(snapshot, known);
    const message = known.get(cursor) ?? { ...snapshot, gap: gapBetween(cursor, snapshot.seq) };
    if (known.size >= MOST_CURSORS) known.clear();
    known.set(cursor, message);
    return message;
  }
}
