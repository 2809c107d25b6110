/**
 * Why an attempt must end before its work is done. `canceled`: its owner asked for it. `timeout`: the task has taken
 * longer than it may. `superseded`, `ended`, `lost`: the event log takes nothing more from it (see AppendRefusedError).
 * `shutdown`: the worker stops.
 */
export type StopReason = 'canceled' | 'timeout' | 'superseded' | 'ended' | 'lost' | 'shutdown';

/** What a handler's signal aborts with. */
export class AttemptStopped extends Error {
  readonly reason: StopReason;

  constructor(reason: StopReason) {
    super(`the attempt was stopped: ${reason}`);
    this.name = 'AttemptStopped';
    this.reason = reason;
  }
}
