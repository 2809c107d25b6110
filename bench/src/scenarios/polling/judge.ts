import { TASK_STATUSES, type TaskStatus } from '@taskwire/protocol';
import { percentile } from '../../report/statistics.ts';

/** Progress of a task, as a row in a database shows it. */
export interface Standing {
  status: TaskStatus;
  attempt: number;
  percent: number;
}

/** A state that the task was in: the one after an event of its log. */
export interface TrueState extends Standing {
  seq: number;
  /** When the event was written (ms since 1970). */
  at: number;
}

/** State that a watcher showed at a time (ms since 1970), with the state's number if it has one. */
export interface Sighting extends Standing {
  at: number;
  seq?: number;
}

export interface Judgement {
  /** States that were shown. */
  seen: number;
  /** States that were never shown. */
  missed: number;
  /** From an event being written to a watcher being shown that state or a later one. */
  p50Ms: number;
  p99Ms: number;
}

/** Whether the shown state is at least as far as another. Without a number, attempt, status and percent decide. */
function reaches(sighting: Sighting, state: TrueState): boolean {
  if (sighting.seq !== undefined) return sighting.seq >= state.seq;
  if (sighting.attempt !== state.attempt) return sighting.attempt > state.attempt;
  const ahead = TASK_STATUSES.indexOf(sighting.status) - TASK_STATUSES.indexOf(state.status);
  return ahead === 0 ? sighting.percent >= state.percent : ahead > 0;
}

/** Each distinct shown state counts once. */
function distinct(sightings: readonly Sighting[]): number {
  return new Set(sightings.map(({ seq, attempt, status, percent }) => seq ?? `${attempt} ${status} ${percent}`)).size;
}

/**
 * Compares the states that a watcher saw with all states that there were.
 * @param sightings by time.
 * @throws RangeError if no state was ever reached.
 */
export function judge(states: readonly TrueState[], sightings: readonly Sighting[]): Judgement {
  const delays: number[] = [];
  let next = 0;
  for (const state of states) {
    let sighting = sightings[next];
    while (sighting !== undefined && !reaches(sighting, state)) sighting = sightings[(next += 1)];
    // Two clocks of one machine, of which the log's counts whole milliseconds.
    if (sighting !== undefined) delays.push(Math.max(0, sighting.at - state.at));
  }
  const seen = Math.min(distinct(sightings), states.length);
  return { seen, missed: states.length - seen, p50Ms: percentile(delays, 0.5), p99Ms: percentile(delays, 0.99) };
}
