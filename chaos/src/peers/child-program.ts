import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { entrySchema } from './record.ts';
import { until } from '../until.ts';

/** Longest time (ms) for a program to end. */
const GRACE_MS = 3_000;

/** A program of a contestant in a process of its own, which can be killed. It ends with this process. */
export class ChildProgram {
  readonly #child: ChildProcess;
  readonly #name: string;
  #ready = false;
  #complaints = '';

  private constructor(file: URL, settings: unknown, onMessage: (message: ChildMessage) => void) {
    this.#name = fileURLToPath(file);
    // `fork` passes on the loader that this process itself was started with.
    this.#child = fork(file, [JSON.stringify(settings)], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.#complaints += chunk.toString()));
    this.#child.on('message', (raw) => {
      const message = childMessageSchema.parse(raw);
      if (message.type === 'ready') this.#ready = true;
      else onMessage(message);
    });
  }

  /** Starts the program and waits until it is ready. @throws Error with what it printed if it ends. */
  static async start(
    file: URL,
    settings: unknown,
    onMessage: (message: ChildMessage) => void = () => undefined,
  ): Promise<ChildProgram> {
    const program = new ChildProgram(file, settings, onMessage);
    await waitFor(`${program.#name} is ready`, () => {
      if (program.#ended && !program.#ready) throw new Error(`${program.#name} ended early:\n${program.#complaints}`);
      return program.#ready;
    });
    return program;
  }

  get #ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /**
   * Sends a signal and waits until the process is gone and all that it said has arrived. A process that does not heed it
   * is killed after a while. May be called again.
   */
  async stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (this.#ended) return;
    const closed = once(this.#child, 'close');
    this.#child.kill(signal);
    const killer = setTimeout(() => this.#child.kill('SIGKILL'), GRACE_MS);
    await closed;
    clearTimeout(killer);
  }
}

/** Messages from a contestant's program to the harness. */
export const childMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** The product has taken the events up to this number. */
  z.object({ type: z.literal('accepted'), number: z.int().min(1) }),
  /** Events of a watcher inside the program, and the cursor with which it would continue. */
  z.object({ type: z.literal('entry'), entry: entrySchema, cursor: z.string() }),
]);

export type ChildMessage = z.infer<typeof childMessageSchema>;

/** Long enough (ms) for anything that is still alive on a busy machine. */
const LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 20;

/** Waits for a condition without which a round makes no sense. @throws Error that names it after a minute. */
export async function waitFor(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  if (!(await until(condition, LIMIT_MS, LOOK_EVERY_MS))) throw new Error(`waited in vain until ${what}`);
}
