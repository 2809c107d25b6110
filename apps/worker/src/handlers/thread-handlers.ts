import type { ParsedTaskInput, TaskKind, TaskOutput } from '@taskwire/tasks';
import type { TaskContext } from '../context/task-context.ts';
import { burnCore } from './demo-burn.ts';

/** A handler that runs in a thread of its own. It has no services. */
export type ThreadHandler<Kind extends TaskKind> = (
  ctx: TaskContext<Kind>,
  input: ParsedTaskInput<Kind>,
) => Promise<TaskOutput<Kind>>;

/** The kinds whose handlers keep a processor busy. */
export type ThreadKind = 'demo.burn';

/** Their handlers, to be run by `inThread`. */
export const threadHandlers: { readonly [Kind in ThreadKind]: ThreadHandler<Kind> } = { 'demo.burn': burnCore };

/** Says whether there is a handler to be run in a thread for this kind. */
export function isThreadKind(kind: string): kind is ThreadKind {
  return Object.hasOwn(threadHandlers, kind);
}
