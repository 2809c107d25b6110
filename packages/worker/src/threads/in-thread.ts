import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import type { TaskKind } from '@taskwire/tasks';
import type { Handler } from '../context/handler.ts';
import { handlerOutput } from '../context/type-assertions.ts';
import { PermanentTaskError, TaskError } from '../task-error.ts';
import { CallServer } from './call-server.ts';
import { fromThreadSchema, type ThreadOutcome, type ThreadTask, type ToThread } from './messages.ts';
import { startThread } from './thread-entry.ts';
import { fromThreadFailure, toThreadFailure } from './thread-failure.ts';

/** Grace period (ms) of a thread after its signal has aborted. */
const THREAD_GRACE_MS = 500;
/** Default limit (MiB) of the JavaScript objects of a thread. */
const THREAD_MEMORY_MIB = 512;

/**
 * A handler that runs the thread handler of `kind` in a thread of its own: work that keeps a processor busy then holds up
 * neither other tasks nor the renewal of their locks. It gets no services. If it does not end soon after its signal has
 * aborted, its thread is ended by force.
 */
export function inThread<Kind extends TaskKind>(kind: Kind, { memoryMiB = THREAD_MEMORY_MIB } = {}): Handler<Kind> {
  return async (ctx, input) => {
    const { taskId, ownerId, attempt, signal } = ctx;
    signal.throwIfAborted();
    const data: ThreadTask = { kind, input, taskId, ownerId, attempt };
    const thread = startThread('task-thread', { data, memoryMiB });
    const calls = new CallServer(ctx, (message) => thread.postMessage(message));
    const patience = endAfterAbort(thread, signal);
    try {
      return handlerOutput(kind, valueOf(await outcomeOf(thread, calls)));
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      patience.end();
      calls.end();
      await thread.terminate();
    }
  };
}

/** Passes the abort of the signal on to the thread, and ends the thread after the grace period. */
function endAfterAbort(thread: Worker, signal: AbortSignal): { end: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const abort = () => {
    thread.postMessage({ type: 'abort', failure: toThreadFailure(signal.reason) } satisfies ToThread);
    timer = setTimeout(() => void thread.terminate(), THREAD_GRACE_MS);
  };
  signal.addEventListener('abort', abort, { once: true });
  return {
    end: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    },
  };
}

/** The outcome of the handler in the thread. @throws TaskError if the thread ended without one. */
async function outcomeOf(thread: Worker, calls: CallServer): Promise<ThreadOutcome> {
  const settled = new AbortController();
  // An error of the thread after its outcome changes nothing.
  thread.on('error', () => undefined);
  const said = new Promise<ThreadOutcome>((resolve, reject) => {
    thread.on('message', (message: unknown) => {
      try {
        const parsed = fromThreadSchema.parse(message);
        if (parsed.type === 'end') resolve(parsed.outcome);
        else calls.take(parsed);
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });
  try {
    return await Promise.race([
      said,
      // Rejects with the error of the thread, if there is one.
      once(thread, 'exit', settled).then(() => Promise.reject(new Error('the thread ended without a word'))),
    ]);
  } catch (cause) {
    throw crash(cause);
  } finally {
    settled.abort();
  }
}

function crash(cause: unknown): TaskError {
  const outOfMemory = cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return outOfMemory
    ? new PermanentTaskError(
        'OUT_OF_MEMORY',
        'the task needs more memory than it may take: divide it into smaller ones',
        {
          cause,
        },
      )
    : new TaskError('THREAD_CRASHED', 'the thread that ran the task ended unexpectedly', { cause });
}

function valueOf(outcome: ThreadOutcome): unknown {
  if ('failure' in outcome) throw fromThreadFailure(outcome.failure);
  return outcome.value;
}
