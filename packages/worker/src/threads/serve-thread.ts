import type { MessagePort } from 'node:worker_threads';
import { isTaskHandler, type TaskHandler } from '../context/handler.ts';
import { Caller } from './caller.ts';
import {
  threadOrderSchema,
  toThreadSchema,
  type FromThread,
  type ThreadOrder,
  type ThreadOutcome,
  type ToThread,
} from './messages.ts';
import { PermanentTaskError } from '../task-error.ts';
import { createThreadContext } from './thread-context.ts';
import { fromThreadFailure, toThreadFailure } from './thread-failure.ts';
import { importDefault, registerLoader } from './type-assertions.ts';

/** Carries out the order of the main thread, to run the handler of one task, and posts the outcome. */
export function serveThread(port: MessagePort, data: unknown): void {
  const post = (message: FromThread) => port.postMessage(message);
  const caller = new Caller(post);
  const controller = new AbortController();
  listen(port, caller, controller);
  const order = threadOrderSchema.parse(data);
  settle(carryOut(order, caller, controller.signal), (outcome) => post({ type: 'end', outcome }));
}

async function carryOut({ module, kind, run }: ThreadOrder, caller: Caller, signal: AbortSignal): Promise<unknown> {
  const handler = await loadHandler(module, kind);
  if (run === undefined) return undefined;
  const { input, ...task } = run;
  return handler.run(createThreadContext({ ...task, stages: handler.task.stages }, caller, signal), input);
}

/** @throws Error if the module's default export is not the handler of the kind. */
async function loadHandler({ url, loader }: ThreadOrder['module'], kind: string): Promise<TaskHandler> {
  if (loader !== undefined) await registerLoader(loader);
  const handler = await importDefault(url);
  if (!isTaskHandler(handler)) throw new Error(`${url} must have a threadHandler(…) as its default export`);
  if (handler.task.kind === kind) return handler;
  throw new Error(`${url} has a handler of the kind "${handler.task.kind}", and handle(…) names it for "${kind}"`);
}

/** Takes the messages of the main thread: answers and questions for the caller, and the abort. */
export function listen(port: MessagePort, caller: Caller, controller: AbortController): void {
  const post = (message: FromThread) => port.postMessage(message);
  port.on('message', (message: unknown) => take(toThreadSchema.parse(message), { caller, controller, post }));
}

/** Posts how work ended. A value that cannot leave the thread, such as a function, is a failure for good. */
function settle(work: Promise<unknown>, post: (outcome: ThreadOutcome) => void): void {
  const fail = (error: unknown) => post({ failure: toThreadFailure(error) });
  work.then((value) => {
    try {
      post({ value });
    } catch (error) {
      fail(new PermanentTaskError('OUTPUT_INVALID', `a result cannot be stored: ${String(error)}`));
    }
  }, fail);
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
