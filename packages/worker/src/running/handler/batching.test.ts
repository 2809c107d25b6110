import type { TaskEventDraft } from '@taskwire/protocol';
import { expect, it } from 'vitest';
import { createRunner, createTask, jobOf, useTestBackend, readEvents, readRow } from '../../testing/test-backend.ts';
import type { RunnerDependencies } from '../runner-dependencies.ts';
import { textTask } from '../../testing/test-tasks.ts';

const backend = useTestBackend();

/** The backend's event log; what attempts append is counted. */
function countingLog(appends: (readonly TaskEventDraft[])[]): RunnerDependencies['eventLog'] {
  const plain = backend.eventLog;
  const claim: typeof plain.claim = async (task, workerId) => {
    const claimed = await plain.claim(task, workerId);
    if (!claimed.claimed) return claimed;
    const append = claimed.writer.append.bind(claimed.writer);
    claimed.writer.append = (drafts) => {
      appends.push(drafts);
      return append(drafts);
    };
    return claimed;
  };
  return { ...plain, claim };
}

it('20,000 words at 10,000 a second cost a few hundred appends, and none is lost', async () => {
  const words = 10_000;
  const task = await createTask(backend, textTask, { words, wordsPerSecond: 10_000 });
  const appends: (readonly TaskEventDraft[])[] = [];
  expect(await createRunner(backend, { eventLog: countingLog(appends) }).run(jobOf(task, 'demo.text'))).toBe(
    'finished',
  );
  expect(appends.length).toBeLessThan(400);

  const events = await readEvents(backend, task);
  const textOf = (stage: string) =>
    events.flatMap((event) => (event.type === 'token' && event.stage === stage ? [event.text] : [])).join('');
  for (const stage of ['draft', 'polish']) expect(textOf(stage).trim().split(' ')).toHaveLength(words);
  const { state } = await backend.eventLog.snapshot(task);
  expect(state.stages.map((stage) => stage.text)).toEqual([textOf('draft'), textOf('polish')]);
  const characters = textOf('polish').length;
  expect(await readRow(backend, task)).toMatchObject({ status: 'done', output: { words, characters } });
});
