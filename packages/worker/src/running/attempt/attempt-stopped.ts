/**
 * The reason to end an attempt before its work is done:
 * - `canceled`: the owner asked for it
 * - `timeout`: the task has reached its time limit
 * - `superseded`, `ended`, `lost`: the event log takes nothing more from it (see AppendRefusedError)
 * - `shutdown`: the worker stops
 * - `crashed`: the handler threw outside of the promise that it returned, which ends the process
 */
export type StopReason = 'canceled' | 'timeout' | 'superseded' | 'ended' | 'lost' | 'shutdown' | 'crashed';

/** The reason with which a handler's signal aborts. */
export class AttemptStopped extends Error {
  readonly reason: StopReason;

  constructor(reason: StopReason, details: { cause?: unknown } = {}) {
    super(`the attempt was stopped: ${reason}`, details);
    this.name = 'AttemptStopped';
    this.reason = reason;
  }
}
