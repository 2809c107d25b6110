import type { AttemptWriter, TaskAddress } from '@taskwire/event-log';
import type { TaskEventDraft, TaskSnapshot } from '@taskwire/protocol';
import type { TestBackend } from '../../testing/test-backend.ts';

export const STAGE = 'count';

/** An attempt whose events a test writes. */
export interface FixedAttempt {
  readonly snapshot: TaskSnapshot;
  readonly lastSeq: number;
  readonly writer: AttemptWriter;
}

export async function claimTask({ eventLog }: TestBackend, task: TaskAddress): Promise<FixedAttempt> {
  const claim = await eventLog.claim(task, 'worker-test');
  if (!claim.claimed) throw new Error(`the task was not claimed: ${claim.reason}`);
  const { snapshot, writer } = claim;
  return {
    snapshot,
    writer,
    get lastSeq() {
      return writer.lastSeq;
    },
  };
}

/** `count` tokens of the stage `count`, from an offset on. */
export function tokens(count: number, offset = 0): TaskEventDraft[] {
  return Array.from({ length: count }, (_, at) => ({ type: 'token', stage: STAGE, text: 'x', offset: offset + at }));
}

export const DONE: TaskEventDraft = { type: 'done', output: { counted: 3 }, durationMs: 1 };

/** Writes the next entry of a task's log in an unreadable form. */
export async function spoilLog({ redis, eventLog }: TestBackend, task: TaskAddress): Promise<void> {
  const seq = ((await eventLog.inspect(task))?.seq ?? 0) + 1;
  const key = `taskwire:{${task.projectId}}:task:${task.taskId}`;
  await redis.command(`XADD ${key}:log ${seq}-0 event spoiled`);
  await redis.command(`HSET ${key}:meta seq ${seq}`);
}
