import type { TaskMessage } from '@taskwire/protocol';
import type { RunnerDependencies } from '../running/runner-dependencies.ts';
import type { TestBackend } from './test-backend.ts';

/** The backend's event log as a plain object, for changing single functions. */
export function plainEventLog({ eventLog }: TestBackend): RunnerDependencies['eventLog'] {
  return {
    append: eventLog.append.bind(eventLog),
    claim: eventLog.claim.bind(eventLog),
    follow: eventLog.follow.bind(eventLog),
    read: eventLog.read.bind(eventLog),
    snapshot: eventLog.snapshot.bind(eventLog),
    inspect: eventLog.inspect.bind(eventLog),
    restore: eventLog.restore.bind(eventLog),
    trim: eventLog.trim.bind(eventLog),
    expire: eventLog.expire.bind(eventLog),
    relay: eventLog.relay.bind(eventLog),
  };
}

/** Following that brings no message until it is ended. */
export async function* neverTells(
  _task: unknown,
  _cursor: unknown,
  signal: AbortSignal,
): AsyncGenerator<TaskMessage, void> {
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  yield* [];
}
