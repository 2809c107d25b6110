import { LOG_LEVELS } from '@taskwire/protocol';
import { uploadIdSchema } from '@taskwire/tasks';
import * as z from 'zod';
import { threadFailureSchema } from './thread-failure.ts';

/** A task that a thread runs. */
const threadTaskSchema = z.object({
  input: z.unknown(),
  taskId: z.string(),
  ownerId: z.string(),
  attempt: z.int().positive(),
});
export type ThreadTask = z.infer<typeof threadTaskSchema>;

/** Data with which a thread is started: where its handler is, and the task. Without a task, it only loads the handler. */
export const threadOrderSchema = z.object({
  module: z.object({ url: z.string(), loader: z.exactOptional(z.string()) }),
  kind: z.string(),
  run: z.exactOptional(threadTaskSchema),
});
export type ThreadOrder = z.infer<typeof threadOrderSchema>;

/** A call of a handler in a thread to the context of its task. Each is answered once it is done. */
export const callSchema = z.discriminatedUnion('method', [
  z.object({ method: z.literal('stage'), stage: z.string() }),
  z.object({
    method: z.literal('progress'),
    stage: z.string(),
    current: z.number(),
    total: z.number(),
    itemName: z.exactOptional(z.string()),
  }),
  z.object({
    method: z.literal('channel'),
    channel: z.string(),
    value: z.unknown(),
    index: z.exactOptional(z.number()),
  }),
  z.object({ method: z.literal('openUpload'), uploadId: uploadIdSchema }),
  z.object({ method: z.literal('token'), stage: z.string(), text: z.string() }),
  z.object({
    method: z.literal('log'),
    stage: z.exactOptional(z.string()),
    level: z.enum(LOG_LEVELS),
    message: z.string(),
  }),
]);
export type ThreadCall = z.infer<typeof callSchema>;

/** Answer to a thread that opens an upload; the thread makes the handler's view of it. */
export const localUploadSchema = z.object({
  uploadId: z.string(),
  fileName: z.string(),
  mediaType: z.string(),
  sizeBytes: z.number(),
  contentHash: z.exactOptional(z.string()),
  path: z.string(),
});
export type LocalUpload = z.infer<typeof localUploadSchema>;

/** Value or failure of a call, a question or the handler. */
const outcomeSchema = z.union([z.object({ value: z.unknown() }), z.object({ failure: threadFailureSchema })]);
export type ThreadOutcome = z.infer<typeof outcomeSchema>;

/** Messages of a task's thread. `answer` answers a question of the main thread; `end` is the last message. */
export const fromThreadSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), id: z.int(), call: z.unknown() }),
  z.object({ type: z.literal('answer'), id: z.int(), outcome: outcomeSchema }),
  z.object({ type: z.literal('end'), outcome: outcomeSchema }),
]);
export type FromThread = z.infer<typeof fromThreadSchema>;

/** Questions about the stage of a call: to run its code, or whether its stored result can be used. */
const questionSchema = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('run') }),
  z.object({ ask: z.literal('usable'), result: z.unknown() }),
]);
export type ThreadQuestion = z.infer<typeof questionSchema>;

/** Messages of the main thread. A question has the id of its call. */
export const toThreadSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('answer'), id: z.int(), outcome: outcomeSchema }),
  z.object({ type: z.literal('question'), id: z.int(), question: questionSchema }),
  z.object({ type: z.literal('abort'), failure: threadFailureSchema }),
]);
export type ToThread = z.infer<typeof toThreadSchema>;
