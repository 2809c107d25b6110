import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { watchOver } from '@taskwire/dev-stack';
import { childEnvironment } from '../env.ts';
import { patience } from '../until.ts';

/** The latest output that is kept (characters). */
const KEPT_OUTPUT = 400_000;
/** Longest time (ms) for a program to start: within it, a try lasts as long as its process. */
const START_CAP_MS = 600_000;
/** Pause (ms) before a program that has ended is started again. */
const REVIVE_AFTER_MS = 300;
/** Longest time (ms) for a program to end after SIGTERM, on a machine that is not busy. */
const END_WITHIN_MS = 60_000;

export interface ProgramSettings {
  name: string;
  /** A JavaScript file. */
  file: string;
  variables: Readonly<Record<string, string>>;
  /** Text that it prints once it serves. */
  readyText: string;
  /** Longest time (ms) for it to end; a minute if absent. */
  endWithinMs?: number;
}

/** Unexpected deed of a program: it ended by itself (`fell`), or did not end after SIGTERM (`hung`). */
export interface Irregularity {
  name: string;
  what: 'fell' | 'hung';
  detail: string;
}

/**
 * One of the programs under attack, with a supervisor: one that ends by itself is started again. Stopped ⇄ starting →
 * serving ⇄ suspended; from serving to starting when it falls. It ends when this process ends, however that ends.
 */
export class Program {
  readonly name: string;
  /** The file of its next start. */
  file: string;
  readonly #settings: ProgramSettings;
  readonly #irregularities: Irregularity[] = [];
  #child: ChildProcess | undefined;
  #serves = false;
  #wanted = false;
  #starting: Promise<void> | undefined;
  #output = '';

  constructor(settings: ProgramSettings) {
    this.name = settings.name;
    this.file = settings.file;
    this.#settings = settings;
  }

  /** Its latest output, over all its starts. */
  get output(): string {
    return this.#output;
  }

  /** Of the running process. */
  get processId(): number | undefined {
    return this.isRunning() ? this.#child?.pid : undefined;
  }

  isRunning(): boolean {
    const child = this.#child;
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  }

  /** Returns its irregularities since the last call. */
  takeIrregularities(): Irregularity[] {
    return this.#irregularities.splice(0);
  }

  /**
   * Starts it, again and again if it ends before it serves, as a supervisor would.
   * @throws Error after 10 minutes.
   */
  async start(): Promise<void> {
    this.#wanted = true;
    await this.#served();
  }

  /** Sends a signal, if it runs, and does not wait. */
  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Sends a signal and waits for the end; after a minute (longer on a busy machine) it is killed. @returns the exit status; null for a signal. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.#wanted = false;
    const child = this.#child;
    if (child === undefined || !this.isRunning()) return child?.exitCode ?? null;
    const exited = once(child, 'exit');
    child.kill(signal);
    const withinMs = (this.#settings.endWithinMs ?? END_WITHIN_MS) * patience();
    const killer = setTimeout(() => {
      this.#irregular('hung', `did not end within ${Math.round(withinMs / 1_000)} s after ${signal}`);
      child.kill('SIGKILL');
    }, withinMs);
    await exited;
    clearTimeout(killer);
    return child.exitCode;
  }

  #served(): Promise<void> {
    this.#starting ??= this.#untilServing().finally(() => (this.#starting = undefined));
    return this.#starting;
  }

  async #untilServing(): Promise<void> {
    const deadline = performance.now() + START_CAP_MS;
    while (this.#wanted && !(this.isRunning() && this.#serves)) {
      if (performance.now() > deadline) throw new Error(`${this.name} does not start:\n${this.#output.slice(-4_000)}`);
      if (!(await this.#launch(deadline))) await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  /** One try. @returns whether it serves. */
  async #launch(deadline: number): Promise<boolean> {
    this.#serves = false;
    const child = spawn(process.execPath, ['--enable-source-maps', this.file], {
      env: childEnvironment(this.#settings.variables),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#note(`--- ${this.name} starts, process ${child.pid ?? 0}\n`);
    const dismiss = child.pid === undefined ? () => undefined : watchOver(child.pid, 'SIGKILL');
    child.once('exit', (code, signal) => {
      dismiss();
      this.#note(`--- ${this.name} ends: ${signal ?? String(code)}\n`);
      if (this.#serves && this.#wanted) this.#fell(signal ?? String(code));
    });
    this.#serves = await this.#saysThatItServes(child, deadline);
    return this.#serves;
  }

  #saysThatItServes(child: ChildProcess, deadline: number): Promise<boolean> {
    const { readyText } = this.#settings;
    return new Promise((resolve) => {
      let seen = '';
      const take = (chunk: Buffer) => {
        this.#note(chunk.toString());
        if (seen.includes(readyText)) return;
        seen += chunk.toString();
        if (seen.includes(readyText)) resolve(true);
      };
      child.stdout?.on('data', take);
      child.stderr?.on('data', take);
      child.once('exit', () => resolve(false));
      setTimeout(
        () => {
          // Two of it would be worse than none.
          if (!seen.includes(readyText)) child.kill('SIGKILL');
          resolve(false);
        },
        Math.max(0, deadline - performance.now()),
      ).unref();
    });
  }

  #fell(how: string): void {
    this.#serves = false;
    this.#irregular('fell', `ended by itself: ${how}`);
    setTimeout(() => {
      // A caller that waits for `start` gets the error too if the program does not come back.
      if (this.#wanted) this.#served().catch((error: unknown) => this.#note(String(error)));
    }, REVIVE_AFTER_MS);
  }

  #irregular(what: Irregularity['what'], detail: string): void {
    this.#note(`--- ${this.name} ${detail}\n`);
    this.#irregularities.push({ name: this.name, what, detail });
  }

  #note(text: string): void {
    this.#output = (this.#output + text).slice(-KEPT_OUTPUT);
  }
}
