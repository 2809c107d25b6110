import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { watchOver } from '@taskwire/dev-stack';
import { childEnvironment } from '../env.ts';
import { pinnedCommand } from '../measure/pinning.ts';
import { fileURLToPath } from 'node:url';
import { runTurbo } from '../../../scripts/lib/turbo.ts';

export type AppName = 'api' | 'worker';

/** The file that starts an app as it is deployed. */
export function builtApp(app: AppName): string {
  return fileURLToPath(new URL(`../../../apps/${app}/dist/main.js`, import.meta.url));
}

let building: Promise<void> | undefined;

/** Builds api and worker once a run, from the cache if nothing changed. @throws Error with the build's output. */
export function buildApps(): Promise<void> {
  building ??= build();
  return building;
}

async function build(): Promise<void> {
  const { status, output } = await runTurbo(['build'], { packages: ['@taskwire/api-app', '@taskwire/worker-app'] });
  if (status !== 0) throw new Error(`The build failed:\n${output.trimEnd()}`);
}

/** The latest output that is kept (characters), for the message if it fails. */
const KEPT_OUTPUT = 20_000;
const START_TIMEOUT_MS = 30_000;

export interface AppSettings {
  /** The built JavaScript file. */
  file: string;
  variables: Readonly<Record<string, string>>;
  /** Text that it prints once it serves. */
  readyText: string;
  core: number;
}

/** An app of the product in a process of its own, as deployed. It ends when this process ends, however that ends. */
export class AppProcess {
  readonly #settings: AppSettings;
  #child: ChildProcess | undefined;
  #output = '';

  constructor(settings: AppSettings) {
    this.#settings = settings;
  }

  /** Of the running process; 0 if none runs. */
  get processId(): number {
    return this.#isRunning() ? (this.#child?.pid ?? 0) : 0;
  }

  /** Starts it and waits until it serves. @throws Error with its output if it does not within 30 s. */
  async start(): Promise<void> {
    const { file, variables, core } = this.#settings;
    const [program, ...words] = pinnedCommand(core, [process.execPath, '--enable-source-maps', file]);
    this.#output = '';
    const child = spawn(program, words, {
      env: childEnvironment({ NODE_ENV: 'production', ...variables }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    await once(child, 'spawn');
    const dismiss = watchOver(child.pid ?? 0, 'SIGKILL');
    child.once('exit', dismiss);
    await this.#ready(child);
  }

  /** Sends a signal and waits for the end; after 15 s it is killed. Does nothing if it does not run. */
  async stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (child === undefined || !this.#isRunning()) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    const killer = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await exited;
    clearTimeout(killer);
  }

  #isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async #ready(child: ChildProcess): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        const fail = (how: string) => reject(new Error(`${this.#settings.file} ${how}:\n${this.#output}`));
        const take = (chunk: Buffer) => {
          this.#output = (this.#output + chunk.toString()).slice(-KEPT_OUTPUT);
          if (this.#output.includes(this.#settings.readyText)) resolve();
        };
        child.stdout?.on('data', take);
        child.stderr?.on('data', take);
        child.once('exit', () => fail('ended before it served'));
        timer = setTimeout(() => fail('does not serve'), START_TIMEOUT_MS);
      });
    } catch (error) {
      await this.stop('SIGKILL');
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}
