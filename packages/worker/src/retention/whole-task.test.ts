import { firstSeq } from '@taskwire/protocol';
import { expect, it } from 'vitest';
import { createRunner, createTask, jobOf, useTestBackend, readEvents } from '../testing/test-backend.ts';
import { expectSettled } from './testing/history.ts';
import { textTask } from '../testing/test-tasks.ts';

const kind = 'demo.text';
const OFTEN = { snapshotEveryMs: 10, snapshotEveryEvents: 5, logKeptEvents: 10 };

const backend = useTestBackend();

it('a task whose log is trimmed while it runs misses nothing: neither its watcher, nor its history, nor its state', async () => {
  const failures = { stage: 'polish' as const, at: 200, times: 1 };
  const task = await createTask(backend, textTask, { words: 400, wordsPerSecond: 500, failures });
  const delivered: number[] = [];
  const follow = async () => {
    for await (const message of backend.eventLog.follow(task, 0, new AbortController().signal)) {
      expect(message.type).not.toBe('snapshot');
      if (message.type !== 'snapshot') expect(firstSeq(message)).toBe((delivered.at(-1) ?? 0) + 1);
      delivered.push(message.seq);
    }
  };
  const following = follow();
  const runner = createRunner(backend, { retention: OFTEN });
  expect(await runner.run(jobOf(task, kind, 1))).toBe('retry');
  expect(await runner.run(jobOf(task, kind))).toBe('finished');
  await following;

  await expectSettled(backend, task, 'done');
  const [oldest] = await readEvents(backend, task);
  expect(oldest?.seq).toBeGreaterThan(1);
});
