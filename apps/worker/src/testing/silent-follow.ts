import type { TaskMessage } from '@taskwire/protocol';

/** A `follow` that gives no message until its signal aborts. */
export async function* silentFollow(
  _task: unknown,
  _cursor: unknown,
  signal: AbortSignal,
): AsyncGenerator<TaskMessage, void> {
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  yield* [];
}
