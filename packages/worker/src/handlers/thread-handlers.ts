import type { ThreadHandlers } from '../context/handler.ts';
import { burnCore } from './demo-burn.ts';

/** Handlers that keep a processor busy, for threads of their own. A thread loads this file and no other handler. */
export const threadHandlers = { 'demo.burn': burnCore } satisfies ThreadHandlers;

/** A kind whose handler runs in a thread. */
export type ThreadKind = keyof typeof threadHandlers;
