import { UploadStorageError } from '@taskwire/uploads';
import { expect, it } from 'vitest';
import { failureOf, type Failure } from '../running/attempt/failure.ts';
import { PermanentTaskError, TaskError } from '../task-error.ts';
import { fromThreadFailure, toThreadFailure } from './thread-failure.ts';

const away = new UploadStorageError('unavailable', 'the storage is away');
const gone = new UploadStorageError('missing', 'the file is gone');

it.each([
  ['an error', new Error('e')],
  ['a wrong argument', new TypeError('progress: current')],
  ['an error for the owner', new TaskError('NO_LUCK', 'no luck', { cause: away })],
  ['an error for good', new PermanentTaskError('NO_TEXT', 'choose another file')],
  ['an outage', away],
  ['an outage as a cause', new Error('e', { cause: new Error('f', { cause: away }) })],
  ['a missing file', gone],
  ['a missing file as a cause', new Error('e', { cause: gone })],
])('%s is the same failure in a thread', (_what, thrown) => {
  const withoutCause = ({ cause: _cause, ...failure }: Failure) => failure;
  const inThread = failureOf(fromThreadFailure(toThreadFailure(thrown)));
  expect(withoutCause(inThread)).toEqual(withoutCause(failureOf(thrown)));
});
