import type { Handler, Handlers } from './context/handler.ts';
import { handlers } from './handlers/index.ts';
import type { ThreadKind } from './handlers/thread-handlers.ts';
import { inThread } from './threads/in-thread.ts';

/** A kind of `threadHandlers` that is missing here does not compile. */
const inThreads: { readonly [Kind in ThreadKind]: Handler<Kind> } = { 'demo.burn': inThread('demo.burn') };

/** The handler of every kind, in the main thread or in one of its own. */
export const taskHandlers: Handlers = { ...handlers, ...inThreads };
