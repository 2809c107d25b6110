import { spawn, type ChildProcess, type Serializable } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type * as z from 'zod';
import { childEnvironment } from '../env.ts';
import { pinnedCommand } from '../measure/pinning.ts';

export interface ChildProgramSettings<Reply> {
  /** A TypeScript file; it gets `settings` as JSON in its first argument, and says something once it is ready. */
  file: URL;
  settings: unknown;
  core: number;
  /** Schema of its messages. */
  reply: z.ZodType<Reply>;
  /** Arguments for Node.js itself; if absent, the loader of this process. */
  nodeArguments?: readonly string[];
}

interface Waiting<Reply> {
  resolve: (reply: Reply) => void;
  reject: (error: Error) => void;
}

/** A program of the benchmark in a process of its own, pinned to a core. It ends with this process. */
export class ChildProgram<Reply> {
  readonly #child: ChildProcess;
  readonly #name: string;
  #waiting: Waiting<Reply>[] = [];
  #complaints = '';

  private constructor({ file, settings, core, reply, nodeArguments }: ChildProgramSettings<Reply>) {
    this.#name = fileURLToPath(file);
    const words = [...(nodeArguments ?? process.execArgv), this.#name, JSON.stringify(settings)];
    const [program, ...rest] = pinnedCommand(core, [process.execPath, ...words]);
    this.#child = spawn(program, rest, {
      env: childEnvironment({ NODE_ENV: 'production' }),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#complaints = (this.#complaints + chunk.toString()).slice(-4_000);
    });
    this.#child.on('message', (raw) => this.#waiting.shift()?.resolve(reply.parse(raw)));
    this.#child.on('error', (error) => this.#fail(error));
    this.#child.on('close', () => this.#fail(new Error(`${this.#name} ended:\n${this.#complaints}`)));
  }

  /** Starts a program and waits for its first message. @throws Error with its output if it ends before. */
  static async start<Reply>(settings: ChildProgramSettings<Reply>): Promise<ChildProgram<Reply>> {
    const program = new ChildProgram(settings);
    await program.#next();
    return program;
  }

  get processId(): number {
    return this.#child.pid ?? 0;
  }

  /** Sends it a message. @returns its next message. @throws Error with its output if it ends before. */
  ask(order: Serializable): Promise<Reply> {
    const answer = this.#next();
    if (this.#child.connected) this.#child.send(order);
    else this.#fail(new Error(`${this.#name} has ended:\n${this.#complaints}`));
    return answer;
  }

  /** Ends it at once. May be called again. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null || this.#child.pid === undefined) return;
    const closed = once(this.#child, 'close');
    this.#child.kill('SIGKILL');
    await closed;
  }

  #next(): Promise<Reply> {
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  #fail(error: Error): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { reject } of waiting) reject(error);
  }
}
