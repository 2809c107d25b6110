import { loadStageResults, saveStageResult } from '@taskwire/db';
import type { TaskAddress } from '@taskwire/event-log';
import { describe, expect, it } from 'vitest';
import { createRunner, createTask, jobOf, useTestBackend, readEvents, readRow } from '../../testing/test-backend.ts';
import { textTask } from '../../testing/test-tasks.ts';

const backend = useTestBackend();

async function stagesOf(task: TaskAddress): Promise<string[]> {
  const events = await readEvents(backend, task);
  return events.flatMap((event) => (event.type === 'stage' ? [`${event.stage} ${event.status}`] : []));
}

async function expectRisingPercent(task: TaskAddress): Promise<void> {
  const events = await readEvents(backend, task);
  const percents = events.flatMap((event) => (event.type === 'progress' ? [event.percent] : []));
  expect(percents).toEqual([...percents].sort((left, right) => left - right));
}

/** Copies the stage results of an earlier task, as the creation of a retry does. */
async function takeOver(earlier: TaskAddress, { taskId }: TaskAddress): Promise<void> {
  const results = await loadStageResults(backend.database, earlier.taskId);
  for (const [stage, result] of results) await saveStageResult(backend.database, { taskId, stage, result });
}

describe('demo.text', () => {
  const input = { words: 20, wordsPerSecond: 10_000 };
  const failing = { ...input, failures: { stage: 'polish', at: 5, times: 1 } } as const;

  it('does not repeat the draft of an earlier attempt', async () => {
    const task = await createTask(backend, textTask, failing);
    const runner = createRunner(backend);
    expect(await runner.run(jobOf(task, 'demo.text', 2))).toBe('retry');
    expect(await runner.run(jobOf(task, 'demo.text', 1))).toBe('finished');
    expect(await stagesOf(task)).toEqual([
      'draft running',
      'draft done',
      'polish running',
      'polish failed',
      'polish running',
      'polish done',
    ]);
    expect(await readRow(backend, task)).toMatchObject({ status: 'done', attempt: 2, output: { words: 20 } });
    await expectRisingPercent(task);
  });

  it('takes over the draft of an ended task that this one repeats', async () => {
    const ended = await createTask(backend, textTask, failing);
    expect(await createRunner(backend).run(jobOf(ended, 'demo.text', 0))).toBe('finished');
    const again = await createTask(backend, textTask, input);
    await takeOver(ended, again);
    expect(await createRunner(backend).run(jobOf(again, 'demo.text', 0))).toBe('finished');
    expect(await stagesOf(again)).toEqual(['draft skipped', 'polish running', 'polish done']);
    expect(await readRow(backend, again)).toMatchObject({ status: 'done', percent: 100, output: { words: 20 } });
    await expectRisingPercent(again);
  });
});
