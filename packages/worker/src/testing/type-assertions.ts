import type { TaskOutput } from '@taskwire/tasks';
import type { countTask } from './test-tasks.ts';

/** A value that a handler gives as a text, although it is none: such a handler was not compiled against the types. */
export function asText(value: unknown): string {
  return value as string;
}

/** A value that a handler of `demo.count` gives as its output, although it is none. */
export function asOutput(value: unknown): TaskOutput<typeof countTask> {
  return value as TaskOutput<typeof countTask>;
}
