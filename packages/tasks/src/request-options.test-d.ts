import { expectTypeOf, test } from 'vitest';
import type * as z from 'zod';
import type { TaskRequestInput, taskRequestSchema } from './index.ts';

test('a request as callers write it is exactly what task.create takes', () => {
  type Taken = z.input<typeof taskRequestSchema>;
  expectTypeOf<TaskRequestInput>().toExtend<Taken>();
  expectTypeOf<Taken>().toExtend<TaskRequestInput>();
});
