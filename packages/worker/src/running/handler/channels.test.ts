import { fold, initialTaskState } from '@taskwire/protocol';
import { loadHistory } from '@taskwire/db';
import { describe, expect, it } from 'vitest';
import { handle } from '../../handle.ts';
import { send } from '../../testing/sending-handler.ts';
import { sendingTask } from '../../testing/sending-task.ts';
import { createRunner, createTask, jobOf, readEvents, readRow, useTestBackend } from '../../testing/test-backend.ts';

const backend = useTestBackend();
const { kind } = sendingTask;

describe.each([
  ['in the process of the worker', handle(sendingTask, send)],
  ['in a thread', handle(sendingTask, { thread: new URL('../../testing/sending-thread.ts', import.meta.url) })],
])('the channels of a handler %s', (_where, handler) => {
  it('have one list after two attempts, in the log and in PostgreSQL', async () => {
    const task = await createTask(backend, sendingTask, { notes: 50, failsAt: 20 });
    const runner = createRunner(backend, { handlers: [handler] });
    expect(await runner.run(jobOf(task, kind, 1))).toBe('retry');
    expect(await backend.eventLog.snapshot(task)).toMatchObject({
      state: {
        channels: { notes: ['note 17', 'note 18', 'note 19'], preview: { width: 19 } },
        channelCounts: { notes: 20 },
      },
    });
    expect(await runner.run(jobOf(task, kind))).toBe('finished');

    const channels = {
      channels: { notes: ['note 48', 'note 49', 'the end'], preview: { width: 49 } },
      channelCounts: { notes: 51 },
    };
    const initial = initialTaskState({ ...task, kind });
    expect(fold(initial, await readEvents(backend, task))).toMatchObject(channels);
    expect(await backend.rows.loadSnapshot(task.taskId)).toMatchObject({ state: channels });
    const history = await loadHistory(backend.database, task.taskId, { afterSeq: 0, limit: 10_000 });
    expect(fold(initial, history)).toMatchObject(channels);
    const refused = 'channel "notes": the value cannot be stored: value: must not hold a NUL character (U+0000)';
    expect(await readRow(backend, task)).toMatchObject({ status: 'done', output: { refused } });
  });
});
