/**
 * This attempt may write no more, and should stop. `ended`: the task is over. `superseded`: another attempt has taken
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
