import type { TaskList } from '@taskwire/tasks';
import { test } from 'vitest';
import { createTaskwireWorker } from './create-taskwire-worker.ts';
import { handle } from './handle.ts';
import { countTask, countUsually, readTask, textTask } from './testing/test-tasks.ts';

const count = handle(countTask, countUsually);
const read = handle(readTask, () => Promise.resolve({ bytes: 1 }));

test('a task without a handler does not compile', () => {
  createTaskwireWorker({ tasks: [countTask, readTask], handlers: [count, read] });
  // @ts-expect-error these kinds have no handler: test.read
  createTaskwireWorker({ tasks: [countTask, readTask], handlers: [count] });
  // @ts-expect-error these kinds have no handler: demo.count
  createTaskwireWorker({ tasks: [countTask], handlers: [] });
});

test('without tasks, and with tasks that the compiler does not know, any handlers will do', () => {
  createTaskwireWorker({ handlers: [count] });
  createTaskwireWorker({ tasks: [countTask], handlers: [count, read] });
  const loaded: TaskList = [textTask];
  createTaskwireWorker({ tasks: loaded, handlers: [count] });
});

test('a setting has the type of its option', () => {
  createTaskwireWorker({ handlers: [count], concurrency: 4, demoTasks: true });
  // @ts-expect-error a number is wanted
  createTaskwireWorker({ handlers: [count], concurrency: '4' });
  // @ts-expect-error there is no such option
  createTaskwireWorker({ handlers: [count], concurency: 4 });
});
