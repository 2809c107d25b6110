import type { MessagePort } from 'node:worker_threads';
import { isTaskKind, type TaskKind, type TaskOutput } from '@taskwire/tasks';
import type { ThreadHandlers } from '../context/handler.ts';
import { parsedInput } from '../context/type-assertions.ts';
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

/** Runs the handler of one task in this thread, and posts its outcome to the main thread. */
export function serveTask(port: MessagePort, data: unknown, handlers: ThreadHandlers): void {
  const post = (message: FromThread) => port.postMessage(message);
  const caller = new Caller(post);
  const controller = new AbortController();
  listen(port, caller, controller);
  const task = threadTaskSchema.parse(data);
  const { kind } = task;
  if (!isTaskKind(kind)) throw new Error(`there are no tasks of the kind "${kind}"`);
  const work = runHandler(kind, task, { handlers, caller, signal: controller.signal });
  settle(work, (outcome) => post({ type: 'end', outcome }));
}

async function runHandler<Kind extends TaskKind>(
  kind: Kind,
  task: ThreadTask,
  { handlers, caller, signal }: { handlers: ThreadHandlers; caller: Caller; signal: AbortSignal },
): Promise<TaskOutput<Kind>> {
  const handler = handlers[kind];
  if (handler === undefined) throw new Error(`no handler of the kind "${kind}" runs in a thread`);
  return handler(createThreadContext<Kind>(task, caller, signal), parsedInput(kind, task.input));
}

/** Takes the messages of the main thread: answers and questions for the caller, and the abort. */
export function listen(port: MessagePort, caller: Caller, controller: AbortController): void {
  const post = (message: FromThread) => port.postMessage(message);
  port.on('message', (message: unknown) => take(toThreadSchema.parse(message), { caller, controller, post }));
}

/** Posts how work ended. A value that cannot leave the thread (a function, say) counts as a failure. */
function settle(work: Promise<unknown>, post: (outcome: ThreadOutcome) => void): void {
  work.then((value) => post({ value })).catch((error: unknown) => post({ failure: toThreadFailure(error) }));
}

function take(
  message: ToThread,
  { caller, controller, post }: { caller: Caller; controller: AbortController; post: (message: FromThread) => void },
): void {
  switch (message.type) {
    case 'answer':
      return caller.answered(message.id, message.outcome);
    case 'abort':
      return controller.abort(fromThreadFailure(message.failure));
    case 'question': {
      const { id, question } = message;
      const answer = caller.answererOf(id);
      return settle(Promise.resolve(answer?.(question)), (outcome) => post({ type: 'answer', id, outcome }));
    }
    default:
      return message satisfies never;
  }
}
