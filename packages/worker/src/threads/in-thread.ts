import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import type { TaskHandler } from '../context/handler.ts';
import { PermanentTaskError, TaskError } from '../task-error.ts';
import type { UntypedContext } from '../context/task-context.ts';
import { CallServer, type ServedContext } from './call-server.ts';
import { fromThreadSchema, type ThreadOutcome, type ThreadOrder, type ToThread } from './messages.ts';
import { startThread } from './start-thread.ts';
import { fromThreadFailure, toThreadFailure } from './thread-failure.ts';
import { findThreadModule } from './thread-module.ts';

/** Grace period (ms) of a thread after its signal has aborted. */
const THREAD_GRACE_MS = 500;
/** Default limit (MiB) of the JavaScript objects of a thread. */
const THREAD_MEMORY_MIB = 512;

/** Longest time (ms) of a module to load, on a machine that may be busy. */
const LOAD_MS = 60_000;

/** A handler's module, and the limits of the threads that run it. */
export interface ThreadOptions {
  /**
   * Module whose default export is a `threadHandler`: `new URL('./burn.ts', import.meta.url)`. After a build it names
   * `burn.js`.
   */
  thread: URL;
  /** Limit (MiB) of the JavaScript objects of a thread, from 1; 512 if absent. */
  memoryMiB?: number;
}

/**
 * Runs the handler of a kind in a thread of its own: work that keeps a processor busy then holds up neither other tasks nor
 * the renewal of their locks. If it does not end soon after its signal has aborted, its thread is ended by force.
 * @param loadMs Longest time (ms) for `check` to load the module.
 * @throws Error if the module does not exist, or the limit is no whole number from 1 on.
 */
export function inThread(
  kind: string,
  { thread, memoryMiB = THREAD_MEMORY_MIB }: ThreadOptions,
  loadMs = LOAD_MS,
): Pick<TaskHandler, 'run'> & Required<Pick<TaskHandler, 'check'>> {
  if (!Number.isInteger(memoryMiB) || memoryMiB < 1) {
    throw new Error(`handle(): memoryMiB must be a whole number from 1 on, not ${memoryMiB}`);
  }
  const order = { module: findThreadModule(thread), kind };
  return {
    async run(ctx, input) {
      const { taskId, ownerId, attempt, signal } = ctx;
      signal.throwIfAborted();
      try {
        return await runThread({ ...order, run: { input, taskId, ownerId, attempt } }, memoryMiB, ctx);
      } catch (error) {
        signal.throwIfAborted();
        throw error;
      }
    },
    async check() {
      const signal = AbortSignal.timeout(loadMs);
      await runThread(order, memoryMiB, { ...NO_TASK, signal }).catch((error: unknown) => {
        throw signal.aborted ? new Error(`${order.module.url} did not load within ${loadMs / 1_000} s`) : error;
      });
    },
  };
}

const refuse = () => Promise.reject(new Error('the thread only loads its handler'));
const NO_TASK: ServedContext = { log: refuse, channel: () => ({ send: refuse }), openUpload: refuse, stage: refuse };

/** Starts a thread, waits for its outcome, and ends it. */
async function runThread(
  order: ThreadOrder,
  memoryMiB: number,
  ctx: ServedContext & Pick<UntypedContext, 'signal'>,
): Promise<unknown> {
  const thread = startThread({ data: order, memoryMiB });
  const calls = new CallServer(ctx, (message) => thread.postMessage(message));
  const patience = endAfterAbort(thread, ctx.signal);
  try {
    return valueOf(await outcomeOf(thread, calls));
  } finally {
    patience.end();
    calls.end();
    await thread.terminate();
  }
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
