import type { TaskEventDraft, TaskSnapshot } from '@taskwire/protocol';
import { AttemptWriter } from '../log/attempt-writer.ts';
import { encodeDrafts } from '../log/entry.ts';
import type { TaskAddress } from '../log/keys.ts';
import { loadBase, loadHead, type LoadSnapshot } from '../log/load-head.ts';
import type { AppendOptions, AppendReply, TaskLog } from '../log/task-log.ts';
import { APPEND_STATUS } from '../scripts/append.ts';
import type { Relay } from '../topics/relay.ts';

/** Outcome of an append that no attempt makes. `lost`: Redis has no such log, or none any more. */
export type AppendOutcome = { written: true; seq: number } | { written: false; reason: 'ended' | 'not-empty' | 'lost' };

/** Outcome of a worker's claim. `snapshot` is the state right after it. */
export type ClaimOutcome =
  | { claimed: true; attempt: number; snapshot: TaskSnapshot; writer: AttemptWriter }
  | { claimed: false; reason: 'ended' }
  | {
      claimed: false;
      reason: 'lost';
      /** A seq that the log should have reached; absent if there is no log at all. */
      lostAfter?: number;
    };

/** Appends events to the logs of tasks. */
export interface EventLogWriter {
  /** Writes the first event of a log; `not-empty` if there is one already. */
  open(task: TaskAddress, event: Extract<TaskEventDraft, { type: 'queued' }>): Promise<AppendOutcome>;
  /** Writes an event that no attempt makes, under the current attempt. Of two cancels only the first is written. */
  append(
    task: TaskAddress,
    event: Extract<TaskEventDraft, { type: 'canceling' | 'canceled' | 'log' }>,
  ): Promise<AppendOutcome>;
  /**
   * A worker takes the task: a new attempt begins with `started`, and earlier attempts may no longer write (MUST 9).
   * `lost`: Redis has no log of the task, or one that ends below the persisted state; `restore` it first.
   */
  claim(task: TaskAddress, workerId: string): Promise<ClaimOutcome>;
}

export interface WriterDependencies {
  log: TaskLog;
  relay: Relay;
  loadSnapshot: LoadSnapshot;
}

export function createWriter({ log, relay, loadSnapshot }: WriterDependencies): EventLogWriter {
  const appendEncoded = async (task: TaskAddress, options: AppendOptions, encoded: readonly string[]) => {
    const reply = await log.appendEncoded(task, options, encoded);
    relay.relaySoon(task, reply.relayCount);
    return reply;
  };
  const append = async (task: TaskAddress, options: AppendOptions, event: TaskEventDraft) =>
    appendEncoded(task, options, encodeDrafts(task, [event]));
  return {
    open: async (task, event) => outcomeOf(await append(task, { mode: 'open' }, event)),
    append: async (task, event) => outcomeOf(await append(task, { mode: 'outside' }, event)),
    async claim(task, workerId) {
      const reply = await append(task, { mode: 'claim' }, { type: 'started', workerId });
      if (reply.status === APPEND_STATUS.ENDED) return { claimed: false, reason: 'ended' };
      if (reply.status !== APPEND_STATUS.WRITTEN) return { claimed: false, reason: 'lost' };
      const base = await loadBase(log, task, loadSnapshot);
      if (base.seq > reply.seq) return { claimed: false, reason: 'lost', lostAfter: base.seq };
      const snapshot = await loadHead(log, task, loadSnapshot);
      const { attempt, epoch } = reply;
      const writer = new AttemptWriter(reply, {
        encode: (events) => encodeDrafts(task, events),
        send: (batch, encoded) => appendEncoded(task, { mode: 'attempt', attempt, batch, epoch }, encoded),
      });
      return { claimed: true, attempt, snapshot, writer };
    },
  };
}

function outcomeOf({ status, seq }: AppendReply): AppendOutcome {
  switch (status) {
    case APPEND_STATUS.WRITTEN:
      return { written: true, seq };
    case APPEND_STATUS.ENDED:
      return { written: false, reason: 'ended' };
    case APPEND_STATUS.NOT_EMPTY:
      return { written: false, reason: 'not-empty' };
    case APPEND_STATUS.LOST:
    case APPEND_STATUS.SUPERSEDED:
    case APPEND_STATUS.AHEAD:
      return { written: false, reason: 'lost' };
    default:
      return status satisfies never;
  }
}
