import { expect, expectTypeOf, it } from 'vitest';
import { TASK_EVENT_TYPES, type TaskEventType } from './event.ts';

it('names every type of event once', () => {
  expectTypeOf<(typeof TASK_EVENT_TYPES)[number]>().toEqualTypeOf<TaskEventType>();
  expect(new Set(TASK_EVENT_TYPES).size).toBe(TASK_EVENT_TYPES.length);
});
