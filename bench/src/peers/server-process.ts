import getPort from 'get-port';
import * as z from 'zod';
import { SERVER_CORE } from '../measure/pinning.ts';
import { ChildProgram } from '../taskwire/child-program.ts';
import { compile } from './compile.ts';

/** Settings of a peer's server. */
export const serverSettingsSchema = z.object({ port: z.int(), redisUrl: z.exactOptional(z.string()) });
export type ServerSettings = z.infer<typeof serverSettingsSchema>;

const replySchema = z.object({ ready: z.literal(true) });

export interface ServerProcess {
  port: number;
  processId: number;
  stop: () => Promise<void>;
}

/**
 * Starts a peer's server for Node.js on a free port, on the servers' core.
 * @param name of the peer.
 * @throws Error with its output if it does not start.
 */
export async function startServer(
  name: string,
  source: URL,
  more: Partial<ServerSettings> = {},
): Promise<ServerProcess> {
  const file = await compile(source, name);
  const port = await getPort({ host: '127.0.0.1' });
  const settings: ServerSettings = { ...more, port };
  const program = await ChildProgram.start({
    file,
    settings,
    core: SERVER_CORE,
    reply: replySchema,
    nodeArguments: [],
  });
  return { port, processId: program.processId, stop: () => program.stop() };
}
