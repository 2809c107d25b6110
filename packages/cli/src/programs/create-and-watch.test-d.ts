import { taskKind } from '@taskwire/client';
import { resizeTask, type countTask } from '@taskwire/client/testing';
import { expectTypeOf, test } from 'vitest';
import { createTask, createAndWatchTask, watchTask } from '../index.ts';

test('a script breaks if a field of the definition is renamed', () => {
  expectTypeOf(createAndWatchTask(resizeTask, { image: 'id', widths: [80] })).resolves.toEqualTypeOf<{
    files: string[];
  }>();
  expectTypeOf(watchTask(taskKind<typeof countTask>('demo.count'), 't')).resolves.toEqualTypeOf<{ counted: number }>();
  // @ts-expect-error the field is called widths
  void createAndWatchTask(resizeTask, { image: 'id', width: [80] });
  // @ts-expect-error the field is called image
  void createTask(resizeTask, { picture: 'id', widths: [80] });
});
