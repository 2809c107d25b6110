import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A program of ours, run as in production: what it prints is kept for the message when something fails. */
export class RunningProcess {
  readonly #child: ChildProcess;
  #output = '';

  /** @param how Words of its command line, and the folder that it runs in. */
  constructor(
    file: string,
    variables: Record<string, string>,
    { words = [], folder }: { words?: readonly string[]; folder?: string } = {},
  ) {
    this.#child = spawn(process.execPath, [file, ...words], {
      cwd: folder,
      env: { PATH: process.env['PATH'], NODE_ENV: 'test', ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    }
  }

  get output(): string {
    return this.#output;
  }

  /** Resolves with its exit status once it has ended by itself; null if a signal ended it. */
  get ended(): Promise<number | null> {
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
    return once(child, 'close').then(() => child.exitCode);
  }

  /** Waits until the program has printed a text. @throws Error with its output if it ends before. */
  async printed(text: string): Promise<void> {
    while (!this.#output.includes(text)) {
      if (this.#child.exitCode !== null)
        throw new Error(`the program ended before it printed "${text}":\n${this.#output}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Sends a signal and does not wait: to suspend and to resume. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child.kill(signal);
  }

  /** Sends a signal and waits for the end. @returns the exit status; null if the signal itself ended it. */
  async stop(signal: NodeJS.Signals): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const exited = once(this.#child, 'exit');
      this.#child.kill(signal);
      await exited;
    }
    return this.#child.exitCode;
  }
}
