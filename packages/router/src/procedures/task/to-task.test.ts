import { createTaskCatalog } from '@taskwire/tasks';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { StoredTask } from '../../ports/task-store.ts';
import { countTask, testTasks } from '../../testing/test-router.ts';
import { toTask as toTaskOf } from './to-task.ts';

const toTask = (task: StoredTask) => toTaskOf(createTaskCatalog(testTasks), task);

const stored: StoredTask = {
  ...{ taskId: 't', ownerId: 'o', projectId: 'p', kind: 'demo.count', input: { to: 3, everyMs: 1 }, priority: 5 },
  ...{ status: 'done', attempt: 1, percent: 100, output: { counted: 3 }, createdAt: 1 },
};

describe('toTask: no row breaks a list', () => {
  it('gives a row the types of its kind', () => {
    const task = toTask(stored);
    expect(task).toMatchObject({ kind: 'demo.count', input: stored.input, output: stored.output });
    expect(task).not.toHaveProperty('ownerId');
    expect(Object.keys(task)).not.toContain('kindKnown');
  });

  it.each(['gone', 'image.resize', '', '__proto__', 'constructor'])(
    'shows a row of the kind %j as it is, marked',
    (kind) => {
      const task = toTask({ ...stored, kind });
      expect(task).toMatchObject({ kind, kindKnown: false, input: stored.input, output: stored.output });
    },
  );

  it.each([null, 'x', 3, [], { counted: 'many' }])(
    'shows an output that no longer fits as unreadable: %j',
    (output) => {
      const task = toTask({ ...stored, output });
      expect(task).toMatchObject({ kind: 'demo.count', input: stored.input, unreadableOutput: output });
      expect(task).not.toHaveProperty('output');
    },
  );

  it('marks values of which a check throws', () => {
    const throws = z.object({}).refine(() => {
      throw new Error('a check that fails');
    });
    const catalog = createTaskCatalog([{ ...countTask, input: throws, output: throws }]);
    expect(toTaskOf(catalog, stored)).toMatchObject({ inputReadable: false, unreadableOutput: stored.output });
  });

  it.each([null, 'x', {}, { to: 'many' }])('marks an input that no longer fits: %j', (input) => {
    const isFit = JSON.stringify(input) === '{}';
    expect(toTask({ ...stored, input })).toMatchObject(
      isFit ? { input: { to: 10 } } : { input, inputReadable: false, output: stored.output },
    );
    if (!isFit) expect(toTask({ ...stored, input, output: 'x' })).toMatchObject({ input, unreadableOutput: 'x' });
  });
});
