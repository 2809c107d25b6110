import { logLevelSchema } from '@taskwire/protocol';
import { uploadIdSchema } from '@taskwire/tasks';
import * as z from 'zod';
import { threadFailureSchema } from './thread-failure.ts';

/** What a task's thread is started with. */
export const threadTaskSchema = z.object({
  kind: z.string(),
  input: z.unknown(),
  taskId: z.string(),
  ownerId: z.string(),
  attempt: z.int().positive(),
});
export type ThreadTask = z.infer<typeof threadTaskSchema>;

/** What a handler in a thread wants done with the context of its task. Each is answered once it is done. */
const callSchema = z.discriminatedUnion('method', [
  z.object({ method: z.literal('stage'), stage: z.string() }),
  z.object({
    method: z.literal('progress'),
    stage: z.string(),
    current: z.number(),
    total: z.number(),
    itemName: z.exactOptional(z.string()),
  }),
  z.object({ method: z.literal('openUpload'), uploadId: uploadIdSchema }),
  z.object({ method: z.literal('token'), stage: z.string(), text: z.string() }),
  z.object({
    method: z.literal('log'),
    stage: z.exactOptional(z.string()),
    level: logLevelSchema,
    message: z.string(),
  }),
]);
export type ThreadCall = z.infer<typeof callSchema>;

/** Answer to a thread that opens an upload; the thread makes the handler's view of it. */
export const uploadFileSchema = z.object({
  uploadId: z.string(),
  fileName: z.string(),
  mediaType: z.string(),
  sizeBytes: z.number(),
  path: z.string(),
});

/** How something ended. */
const outcomeSchema = z.union([z.object({ value: z.unknown() }), z.object({ failure: threadFailureSchema })]);
export type ThreadOutcome = z.infer<typeof outcomeSchema>;

/** What a task's thread says. `answer` answers a question of the main thread, `end` is the last. */
export const fromThreadSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), id: z.int(), call: callSchema }),
  z.object({ type: z.literal('answer'), id: z.int(), outcome: outcomeSchema }),
  z.object({ type: z.literal('end'), outcome: outcomeSchema }),
]);
export type FromThread = z.infer<typeof fromThreadSchema>;

/** What the main thread asks about the stage of a call: to run its code, or whether what is remembered can be used. */
const questionSchema = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('run') }),
  z.object({ ask: z.literal('usable'), result: z.unknown() }),
]);
export type ThreadQuestion = z.infer<typeof questionSchema>;

/** What the main thread says. A question has the id of the call that it is about. */
export const toThreadSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('answer'), id: z.int(), outcome: outcomeSchema }),
  z.object({ type: z.literal('question'), id: z.int(), question: questionSchema }),
  z.object({ type: z.literal('abort'), failure: threadFailureSchema }),
]);
export type ToThread = z.infer<typeof toThreadSchema>;
