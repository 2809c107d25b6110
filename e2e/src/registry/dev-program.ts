import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { foreignEnvironment } from './foreign-environment.ts';

/** `npm run dev` of a foreign project. */
export class DevProgram {
  readonly #folder: string;
  readonly #child: ChildProcess;
  #output = '';

  /** Starts it. `stop` it when the test is over. */
  constructor(folder: string, environment: Record<string, string>, script = 'dev') {
    this.#folder = folder;
    this.#child = spawn('npm', ['run', script], {
      cwd: folder,
      env: foreignEnvironment(environment),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    }
  }

  get output(): string {
    return this.#output;
  }

  /** Waits for a pattern in the output. @returns its first match. @throws Error with the output if the program ends before. */
  async printed(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(this.#output);
      if (found !== null) return found[1] ?? found[0];
      if (this.#child.exitCode !== null) throw new Error(`dev ended before it printed ${pattern}:\n${this.#output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Kills the process that runs a file of the project, as a crash does. @throws Error if there is none. */
  async kill(file: string): Promise<void> {
    const pids = await processesOf(this.#folder, file);
    if (pids.length === 0) throw new Error(`no process runs ${file}`);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
  }

  /** Ends it as Ctrl-C does, and waits for its end. */
  async stop(): Promise<void> {
    const { pid } = this.#child;
    if (pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    // A terminal sends the signal to all of its processes.
    process.kill(-pid, 'SIGINT');
    await exited;
  }
}

/** Ids of the processes in a folder whose command line names a file. */
async function processesOf(folder: string, file: string): Promise<number[]> {
  const found: number[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const [commandLine, directory] = await Promise.all([
      readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => ''),
      readlink(`/proc/${entry}/cwd`).catch(() => ''),
    ]);
    if (directory === folder && commandLine.split('\0').some((argument) => argument.endsWith(file))) {
      found.push(Number(entry));
    }
  }
  return found;
}
