import { LOAD_CORE } from '../../measure/pinning.ts';
import { ChildProgram } from '../../taskwire/child-program.ts';
import type { PublishRequest } from '../../taskwire/publisher.ts';
import { publishReplySchema, type Target } from './messages.ts';

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
