import type { MessagePort } from 'node:worker_threads';
import type { ParsedTaskInput, TaskOutput } from '@taskwire/tasks';
import * as z from 'zod';
import { isThreadKind, threadHandlers, type ThreadKind } from '../handlers/thread-handlers.ts';
import { Caller } from './caller.ts';
import {
  threadTaskSchema,
  toThreadSchema,
  type FromThread,
  type ThreadOutcome,
  type ThreadTask,
  type ToThread,
} from './messages.ts';
import { createThreadContext } from './thread-context.ts';
import { fromThreadFailure, toThreadFailure } from './thread-failure.ts';

/** Runs the handler of one task in this thread, and tells the main thread how it ended. */
export function serveTask(port: MessagePort, data: unknown): void {
  const post = (message: FromThread) => port.postMessage(message);
  const caller = new Caller(post);
  const controller = new AbortController();
  listen(port, caller, controller);
  const task = threadTaskSchema.parse(data);
  const end = (outcome: ThreadOutcome) => post({ type: 'end', outcome });
  tell(runHandler(kindOf(task), task, { caller, signal: controller.signal }), end);
}

function kindOf({ kind }: ThreadTask): ThreadKind {
  if (isThreadKind(kind)) return kind;
  throw new Error(`no handler of the kind "${kind}" runs in a thread`);
}

async function runHandler<Kind extends ThreadKind>(
  kind: Kind,
  task: ThreadTask,
  { caller, signal }: { caller: Caller; signal: AbortSignal },
): Promise<TaskOutput<Kind>> {
  // The main thread has checked it by the schema of the kind.
  const input = z.custom<ParsedTaskInput<Kind>>().parse(task.input);
  return threadHandlers[kind](createThreadContext<Kind>(task, caller, signal), input);
}

/** Takes what the main thread says: answers and questions for the caller, and the abort. */
export function listen(port: MessagePort, caller: Caller, controller: AbortController): void {
  const post = (message: FromThread) => port.postMessage(message);
  port.on('message', (message: unknown) => take(toThreadSchema.parse(message), { caller, controller, post }));
}

/** Tells how work ended. A value that cannot leave the thread (a function, say) counts as a failure. */
function tell(work: Promise<unknown>, post: (outcome: ThreadOutcome) => void): void {
  work.then((value) => post({ value })).catch((error: unknown) => post({ failure: toThreadFailure(error) }));
}

function take(
  message: ToThread,
  parts: { caller: Caller; controller: AbortController; post: (message: FromThread) => void },
): void {
  const { caller, controller, post } = parts;
  switch (message.type) {
    case 'answer':
      return caller.answered(message.id, message.outcome);
    case 'abort':
      return controller.abort(fromThreadFailure(message.failure));
    case 'question': {
      const { id, question } = message;
      const answer = caller.answererOf(id);
      return tell(Promise.resolve(answer?.(question)), (outcome) => post({ type: 'answer', id, outcome }));
    }
    default:
      return message satisfies never;
  }
}
