import type { TaskAddress } from '@taskwire/event-log';
import { eventually } from '@taskwire/test-kit/vitest';
import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_RETENTION } from '../../retention/retention-dependencies.ts';
import { signpost, waitingHandler } from '../../testing/handlers.ts';
import {
  createRunner,
  createTask,
  jobOf,
  useTestBackend,
  readEvents,
  readRow,
  type CountHandler,
} from '../../testing/test-backend.ts';
import { restoreLog } from './restore-log.ts';
import { countTask } from '../../testing/test-tasks.ts';

const kind = 'demo.count';

const backend = useTestBackend();

const newTask = () => createTask(backend, countTask, { to: 3, everyMs: 0 });
const loseAll = () => backend.redis.flush();
const eager = { ...DEFAULT_RETENTION, snapshotEveryMs: 10 };
const rowOf = async ({ taskId }: TaskAddress) => {
  const row = await backend.rows.find(taskId);
  if (row === undefined) throw new Error('the row is there');
  return row;
};

describe('a task whose log Redis has lost', () => {
  it('before it was run: runs to its end, and its restored log begins with `queued`', async () => {
    const task = await newTask();
    await loseAll();
    expect(await createRunner(backend).run(jobOf(task, kind))).toBe('finished');
    const { seq, state } = await backend.eventLog.snapshot(task);
    expect(seq).toBeGreaterThan(1_000_000);
    expect(state).toMatchObject({ status: 'done', stages: [{ name: 'count', status: 'done' }], priority: 5 });
    expect(await readRow(backend, task)).toMatchObject({ status: 'done', output: { counted: 3 } });
  });

  it.each(['appends', 'appends nothing'])(
    'in the middle, while its handler %s: is handed over, and done',
    async (how) => {
      const task = await newTask();
      const { reached, reach } = signpost();
      const appending: CountHandler = (ctx) =>
        ctx.stage('count', async (stage) => {
          await stage.progress(2, 3);
          reach();
          for (;;) {
            await stage.token('x');
            await new Promise((resolve) => setTimeout(resolve, 1));
          }
        });
      const waiting = waitingHandler();
      const handler = how === 'appends' ? appending : waiting.handler;
      const run = createRunner(backend, { count: handler, retention: eager }).run(jobOf(task, kind, 0));
      await (how === 'appends' ? reached : waiting.running);
      await eventually(async () => expect(Number((await readRow(backend, task)).snapshotSeq)).toBeGreaterThan(2));
      await loseAll();
      expect(await run).toBe('hand-over');
      expect((await readEvents(backend, task)).at(-1)).toMatchObject({
        type: 'retrying',
        delayMs: 0,
        error: { code: 'EVENTS_LOST' },
        attempt: 1,
      });

      expect(await createRunner(backend).run(jobOf(task, kind, 0))).toBe('finished');
      expect(await readRow(backend, task)).toMatchObject({ status: 'done', attempt: 2 });
    },
  );

  it('after a cancel was asked for: ends as canceled, and is not run', async () => {
    const task = await newTask();
    await backend.database.task.update({ where: { id: task.taskId }, data: { status: 'canceling' } });
    await loseAll();
    const handler = vi.fn<CountHandler>();
    expect(await createRunner(backend, { count: handler }).run(jobOf(task, kind))).toBe('finished');
    expect(handler).not.toHaveBeenCalled();
    expect(await readRow(backend, task)).toMatchObject({ status: 'canceled' });
  });
});

describe('restoreLog', () => {
  it('leaves a log as it is, unless it has not reached a seq that it is known to have had', async () => {
    const task = await newTask();
    const row = await rowOf(task);
    expect(await restoreLog(backend, row)).toBe(false);
    expect(await restoreLog(backend, row, 1)).toBe(false);
    expect(await restoreLog(backend, row, 2)).toBe(true);
  });

  it('leaves an ended task as it is', async () => {
    const task = await newTask();
    const row = await rowOf(task);
    await createRunner(backend).run(jobOf(task, kind));
    await loseAll();
    expect(await restoreLog(backend, row)).toBe(false);
    expect(await backend.eventLog.inspect(task)).toBeUndefined();
  });
});
