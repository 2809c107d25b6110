import { firstSeq } from '../events/compact.ts';
import type { TaskEvent } from '../events/event.ts';
import { reduce } from './reduce.ts';
import type { TaskMessage, TaskSnapshot } from '../messages/snapshot.ts';
import type { TaskState } from './state.ts';

/** An event that is not the next one: applying it would hide a hole or count an event twice. */
export class SequenceError extends Error {
  readonly expected: number;
  readonly received: number;

  constructor(expected: number, received: number) {
    super(`expected event ${expected} next, but event ${received} came`);
    this.name = 'SequenceError';
    this.expected = expected;
    this.received = received;
  }
}

/**
 * The snapshot after one more event.
 * @throws SequenceError if the event (or a merged event's range) does not begin right after the snapshot.
 */
export function advance(snapshot: TaskSnapshot, event: TaskEvent): TaskSnapshot {
  const first = firstSeq(event);
  if (first !== snapshot.seq + 1) throw new SequenceError(snapshot.seq + 1, first);
  return { seq: event.seq, state: reduce(snapshot.state, event) };
}

/** Folds events, in order, onto a state. */
export function fold(initial: TaskState, events: Iterable<TaskEvent>): TaskState {
  let state = initial;
  for (const event of events) state = reduce(state, event);
  return state;
}

/**
 * A watcher's snapshot after one more message. A snapshot message replaces it; an event must be the next one.
 * @throws SequenceError if an event comes before any snapshot or is not the next one.
 */
export function receive(known: TaskSnapshot | undefined, message: TaskMessage): TaskSnapshot {
  if (message.type === 'snapshot') return { seq: message.seq, state: message.state };
  if (known === undefined) throw new SequenceError(0, message.seq);
  return advance(known, message);
}
