/**
 * Why an attempt must end before its work is done. `canceled`: its owner asked for it. `timeout`: the task has taken
 * longer than it may. `superseded`, `ended`, `lost`: the event log takes nothing more from it (see AppendRefusedError).
 * `shutdown`: the worker stops. `crashed`: the handler threw outside of what it returned, which ends the process.
 */
export type StopReason = 'canceled' | 'timeout' | 'superseded' | 'ended' | 'lost' | 'shutdown' | 'crashed';

/** What a handler's signal aborts with. */
export class AttemptStopped extends Error {
  readonly reason: StopReason;

  constructor(reason: StopReason, details: { cause?: unknown } = {}) {
    super(`the attempt was stopped: ${reason}`, details);
    this.name = 'AttemptStopped';
    this.reason = reason;
  }
}
