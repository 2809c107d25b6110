import { LOAD_CORE } from '../../measure/pinning.ts';
import { ChildProgram } from '../../taskwire/child-program.ts';
import type { PublishRequest } from '../../taskwire/publisher.ts';
import * as z from 'zod';

/** Destination of a peer's publisher: HTTP, or the progress of a BullMQ job. */
export const targetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('http'), url: z.string() }),
  z.object({ kind: z.literal('bullmq'), redisUrl: z.string() }),
]);
export type Target = z.infer<typeof targetSchema>;

export const publishOrderSchema = z.object({
  type: z.enum(['progress', 'token']),
  rate: z.number().positive(),
  count: z.int().positive(),
});

/** Once it is ready, and after each order. */
export const publishReplySchema = z.object({ done: z.literal(true) });

const PROGRAM = new URL('./process.ts', import.meta.url);

/** Starts the process that publishes to a peer, on the load's core. */
export async function startPublisher(target: Target) {
  const settings = { file: PROGRAM, settings: target, core: LOAD_CORE, reply: publishReplySchema };
  const program = await ChildProgram.start(settings);
  return {
    publish: async (request: PublishRequest): Promise<void> => {
      await program.ask(request);
    },
    stop: () => program.stop(),
  };
}
