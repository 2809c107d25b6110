import type { TaskInput } from '@taskwire/client';
import { expectTypeOf, test } from 'vitest';

test('an upload is named by the field that the kind calls uploadId: rename it, and create.ts no longer compiles', () => {
  expectTypeOf<{ uploadId: string }>().toExtend<TaskInput<'document.ingest'>>();
  // @ts-expect-error the field is called uploadId
  ({ upload: 'x' }) satisfies TaskInput<'document.ingest'>;
});
