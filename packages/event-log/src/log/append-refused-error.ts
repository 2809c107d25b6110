/**
 * The attempt may no longer write, and should stop. `ended`: the task is over. `superseded`: a later attempt has claimed
 * it. `lost`: Redis has lost the log.
 */
export class AppendRefusedError extends Error {
  readonly reason: 'ended' | 'superseded' | 'lost';

  constructor(reason: 'ended' | 'superseded' | 'lost') {
    super(`the event log refused the append: ${reason}`);
    this.name = 'AppendRefusedError';
    this.reason = reason;
  }
}
