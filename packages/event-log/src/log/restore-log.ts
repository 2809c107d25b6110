import { isDeepStrictEqual } from 'node:util';
import {
  isTerminalStatus,
  stagePlansOf,
  type TaskEvent,
  type TaskEventDraft,
  type TaskSnapshot,
} from '@taskwire/protocol';
import type { TaskAddress } from './keys.ts';
import { loadHead, type LoadSnapshot } from './load-head.ts';
import { RESTORE_STATUS } from '../scripts/restore.ts';
import type { LogStatus, TaskLog } from './task-log.ts';

/** Most tries to fold and restore a log that is written at the same time. */
const TRIES = 5;

/** Knowledge of a task besides its persisted state. */
export interface RestoreRequest {
  attempt: number;
  canceling: boolean;
  /** Percent (0–100) that the task has reached, if more than the persisted one: it must not fall (MUST 8). */
  percent?: number;
  /** The first event of the new epoch. */
  event: Extract<TaskEventDraft, { type: 'queued' | 'retrying' }>;
  /** A seq that the log has had. A log that has reached it is kept. Absent: any log is kept. */
  lostAfter?: number;
}

/** Whether the log was restored, and how many events to relay to the owner's topic. */
export interface RestoreOutcome {
  restored: boolean;
  relayCount: number;
}

/** Begins a lost log anew on the known state of the task: see the restore script. */
export async function restoreLog(
  log: TaskLog,
  task: TaskAddress,
  { loadSnapshot, ...request }: RestoreRequest & { loadSnapshot: LoadSnapshot },
): Promise<RestoreOutcome> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const [status] = await log.inspect([task]);
    const snapshot = await loadHead(log, task, loadSnapshot);
    // A task whose end PostgreSQL has needs no log.
    if (isTerminalStatus(snapshot.state.status)) break;
    const foldedThrough = status?.seq ?? 0;
    const answer = await log.restore(task, { ...request, snapshot: asKnown(snapshot, request), foldedThrough });
    if (answer.status === RESTORE_STATUS.RESTORED) return { restored: true, relayCount: answer.relayCount };
    if (answer.status === RESTORE_STATUS.KEPT) break;
  }
  return { restored: false, relayCount: 0 };
}

/** The state with the knowledge of the caller. */
function asKnown({ seq, state }: TaskSnapshot, { canceling, percent = 0 }: RestoreRequest): TaskSnapshot {
  const status = canceling ? 'canceling' : state.status;
  return { seq, state: { ...state, status, percent: Math.max(state.percent, percent) } };
}

/** The known end of a log, which the log may have lost. */
export interface KnownEnd {
  lostAfter: number;
  /** The event of that seq, if it is known. */
  last: TaskEvent | undefined;
  loadSnapshot: LoadSnapshot;
}

/**
 * Begins a log anew whose end Redis has lost: by a restart, or a failover to a copy that lagged behind. The log may have
 * grown again since; in its new epoch no seq means two events. A log that is missing as a whole is restored by the
 * callers that know the task's row.
 */
export async function restoreLostEnd(
  log: TaskLog,
  task: TaskAddress,
  { lostAfter, last, loadSnapshot }: KnownEnd,
): Promise<void> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const [status] = await log.inspect([task]);
    if (status === undefined || status.ended) return;
    const short = status.seq < lostAfter;
    if (!short && !(await isAnother(log, task, last))) return;
    const snapshot = await loadHead(log, task, loadSnapshot);
    // If the log grows meanwhile, the next try looks again.
    const request = { ...requestFor(status, snapshot), lostAfter: short ? lostAfter : status.seq + 1, loadSnapshot };
    if ((await restoreLog(log, task, request)).restored) return;
  }
}

/** Whether the log has another event with the seq of `last`. */
async function isAnother(log: TaskLog, task: TaskAddress, last: TaskEvent | undefined): Promise<boolean> {
  if (last === undefined) return false;
  const [kept] = await log.read(task, last.seq - 1, 1);
  return kept?.seq === last.seq && !isDeepStrictEqual(kept, last);
}

function requestFor({ attempt, canceling }: LogStatus, { state }: TaskSnapshot): RestoreRequest {
  const { kind, priority } = state;
  const stages = stagePlansOf(state.stages);
  if (state.status === 'queued') return { attempt, canceling, event: { type: 'queued', kind, priority, stages } };
  return { attempt, canceling, event: eventsLost() };
}

/** First event after the log of a started task was lost. */
export function eventsLost(): Extract<TaskEventDraft, { type: 'retrying' }> {
  const message = 'the server lost the latest steps of the task: it goes on from what was kept';
  return { type: 'retrying', delayMs: 0, error: { code: 'EVENTS_LOST', message } };
}
