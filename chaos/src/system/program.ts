import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { watchOver } from '@taskwire/dev-stack';
import { childEnvironment } from '../env.ts';

/** The latest output that is kept (characters). */
const KEPT_OUTPUT = 400_000;
const START_TIMEOUT_MS = 30_000;

export interface ProgramSettings {
  name: string;
  /** A JavaScript file. */
  file: string;
  variables: Readonly<Record<string, string>>;
  /** What it prints once it serves. */
  readyText: string;
}

/**
 * One of the programs under attack. Stopped ⇄ running ⇄ suspended. It ends when this process ends, however that ends.
 */
export class Program {
  readonly name: string;
  readonly #settings: ProgramSettings;
  #child: ChildProcess | undefined;
  #output = '';

  constructor(settings: ProgramSettings) {
    this.name = settings.name;
    this.#settings = settings;
  }

  /** Everything it has printed lately, over all its lives. */
  get output(): string {
    return this.#output;
  }

  /** Of the life that runs now. */
  get processId(): number | undefined {
    return this.isRunning() ? this.#child?.pid : undefined;
  }

  isRunning(): boolean {
    const child = this.#child;
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  }

  /** Starts it, again and again if it ends before it serves, as a supervisor would. @throws Error after 30 s. */
  async start(): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (!(await this.#launch(deadline))) {
      if (Date.now() > deadline) throw new Error(`${this.name} does not start:\n${this.#output.slice(-4_000)}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  /** Sends a signal, if it runs, and does not wait. */
  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Sends a signal and waits for the end; after 20 s it is killed. @returns the exit status; null for a signal. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (child === undefined || !this.isRunning()) return child?.exitCode ?? null;
    const exited = once(child, 'exit');
    child.kill(signal);
    const killer = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await exited;
    clearTimeout(killer);
    return child.exitCode;
  }

  /** One try. @returns whether it serves. */
  async #launch(deadline: number): Promise<boolean> {
    const { file, variables, readyText } = this.#settings;
    const child = spawn(process.execPath, ['--enable-source-maps', file], {
      env: childEnvironment(variables),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#note(`--- ${this.name} starts, process ${child.pid ?? 0}\n`);
    const dismiss = child.pid === undefined ? () => undefined : watchOver(child.pid, 'SIGKILL');
    child.once('exit', (code, signal) => {
      dismiss();
      this.#note(`--- ${this.name} ends: ${signal ?? String(code)}\n`);
    });
    return new Promise((resolve) => {
      let seen = '';
      const take = (chunk: Buffer) => {
        this.#note(chunk.toString());
        if (seen.includes(readyText)) return;
        seen += chunk.toString();
        if (seen.includes(readyText)) resolve(true);
      };
      child.stdout.on('data', take);
      child.stderr.on('data', take);
      child.once('exit', () => resolve(false));
      setTimeout(() => resolve(false), Math.max(0, deadline - Date.now())).unref();
    });
  }

  #note(text: string): void {
    this.#output = (this.#output + text).slice(-KEPT_OUTPUT);
  }
}
