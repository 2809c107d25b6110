import type { Database } from '@taskwire/db';
import type { DocumentDatabase } from '@taskwire/documents';
import type { ParsedTaskInput, TaskKind, TaskOutput } from '@taskwire/tasks';
import type * as z from 'zod';
import type { ReadingSettings } from '../documents/reading-settings.ts';
import type { Spool } from '../documents/spool.ts';
import type { TaskContext } from './task-context.ts';

/** Services for handlers: their ways to what is outside. */
export interface HandlerServices {
  database: Database;
  documents: DocumentDatabase;
  /** Settings of reading documents. */
  reading: ReadingSettings;
  /** Opens a file of items beside an upload. Later attempts, and tasks that repeat this one, find it there. */
  openSpool: <Item>(file: { uploadId: string; name: string }, schema: z.ZodType<Item>) => Spool<Item>;
}

/**
 * Does the work of one kind. It should end soon after `ctx.signal` aborts.
 * @throws TaskError with a code and a message for the task's owner; PermanentTaskError if another attempt would fail too.
 * After any other error another attempt follows, and its details go to the worker's log only.
 */
export type Handler<Kind extends TaskKind> = (
  ctx: TaskContext<Kind>,
  input: ParsedTaskInput<Kind>,
  services: HandlerServices,
) => Promise<TaskOutput<Kind>>;

/** The handler of every kind. The mapped type keeps a kind and its types together for generic code. */
export type Handlers = { readonly [Kind in TaskKind]: Handler<Kind> };

/** Does the work of one kind in a thread of its own. It has no services. */
export type ThreadHandler<Kind extends TaskKind> = (
  ctx: TaskContext<Kind>,
  input: ParsedTaskInput<Kind>,
) => Promise<TaskOutput<Kind>>;

/** The handlers of the kinds that run in threads. */
export type ThreadHandlers = { readonly [Kind in TaskKind]?: ThreadHandler<Kind> };
