import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

import { environmentWith } from '../env.ts';
import { logTail } from '../log.ts';
import { watchOver } from '../processes/watchdog.ts';
import { Problem } from '../terminal/problem.ts';
import { noteProcess } from './process-note.ts';
import { openOutput } from './service-output.ts';

const STOP_TIMEOUT_MS = 20_000;
const LOOK_EVERY_MS = 100;
const TAIL_LINES = 20;

export interface ServiceSettings {
  name: string;
  command: string;
  arguments: readonly string[];
  /** Changes to the environment of this process; undefined unsets a variable. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Standard output and standard error; emptied first. */
  logFile: string;
  /** The folder that the program runs in. */
  folder: string;
  /** Receives each line of output too. */
  onLine?: (line: string) => void;
  /** Whether stop signals go to all processes of its group: the command is a shell's, and starts the program. */
  isShell?: boolean;
  /** Called if the program ends by itself with status 0, which then is no failure. */
  onDone?: () => void;
  /** File that names the process while it runs, so that the next start finds one that was left (`endNotedProcess`). */
  noteFile?: string;
}

/**
 * A program that runs for as long as its caller: starting → running → stopping → ended. It stands in a process
 * group of its own, so that Ctrl-C reaches it through `stop` only, and in the right order. If this process ends in
 * any other way, the program gets a stop signal.
 */
export interface Service {
  readonly name: string;
  readonly logFile: string;
  /** Rejects with a Problem that shows the end of the log if the program ends before `stop`; never resolves. */
  readonly failure: Promise<never>;
  /** Waits until `look` answers true; at most `timeoutMs`. Rejects with a Problem if it does not come to that. */
  ready(look: () => Promise<boolean>, timeoutMs: number): Promise<void>;
  /** Asks the program to end, waits for it, and kills it (with all it started) if it does not. */
  stop(): Promise<void>;
  /** Kills the program with all it started, at once. */
  kill(): void;
}

/** Starts a service. Its `failure` rejects if there is no such program. */
export async function startService(settings: ServiceSettings): Promise<Service> {
  const output = await openOutput(settings.logFile, settings.onLine);
  const child = spawn(settings.command, settings.arguments, {
    cwd: settings.folder,
    env: environmentWith(settings.environment),
    stdio: ['ignore', ...output.stdio],
    detached: true,
  });
  const ended = endOf(child, settings.name, output.attach(child));
  if (child.pid !== undefined) void ended.then(watchOver(targetOf(child.pid, settings), 'SIGTERM'));
  const forgetNote = await noteProcess(settings, child.pid);
  await output.started();
  void ended.then(async () => {
    killGroup(child);
    await forgetNote();
  });
  let stopping = false;
  const failure = ended.then((how) => {
    if (stopping) return forever();
    if (child.exitCode !== 0 || settings.onDone === undefined) return died(settings, how);
    settings.onDone();
    return forever();
  });
  failure.catch(() => undefined);
  return {
    name: settings.name,
    logFile: settings.logFile,
    failure,
    ready: (look, timeoutMs) => {
      const until = Date.now() + timeoutMs;
      // A program that is stopped is not looked at any more.
      const lookOnce = async () => (stopping ? forever() : look());
      return Promise.race([failure, becomesReady(settings, lookOnce, until)]);
    },
    stop: async () => {
      stopping = true;
      await stopProgram(child, ended, settings);
    },
    kill: () => {
      stopping = true;
      killGroup(child);
    },
  };
}

/** Resolves with a sentence once the program has ended and its last lines are there. */
function endOf(child: ChildProcess, name: string, output: Promise<void>): Promise<string> {
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`${name} could not be started: ${error.message}`));
    child.once('exit', (status, signal) => resolve(`${name} ended by itself (${signal ?? `status ${status ?? 0}`}).`));
  });
  return ended.then(async (how) => {
    await output;
    return how;
  });
}

function forever(): Promise<never> {
  return new Promise<never>(() => undefined);
}

async function died(settings: ServiceSettings, message: string): Promise<never> {
  throw new Problem(message, await logDetail(settings));
}

async function logDetail(settings: ServiceSettings): Promise<{ detail?: string; remedy: string }> {
  const tail = await logTail(settings.logFile, TAIL_LINES);
  const remedy = `The whole log: ${settings.logFile}`;
  return tail === '' ? { remedy } : { detail: tail, remedy };
}

async function becomesReady(settings: ServiceSettings, look: () => Promise<boolean>, until: number): Promise<void> {
  const startedAt = Date.now();
  while (!(await look())) {
    if (Date.now() > until) {
      throw new Problem(
        `${settings.name} is not ready after ${Math.round((until - startedAt) / 1_000)} s.`,
        await logDetail(settings),
      );
    }
    await delay(LOOK_EVERY_MS);
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

async function stopProgram(child: ChildProcess, ended: Promise<string>, settings: ServiceSettings): Promise<void> {
  if (hasEnded(child)) {
    await ended;
    return;
  }
  if (child.pid !== undefined) sendSignal(targetOf(child.pid, settings), 'SIGTERM');
  const timer = setTimeout(() => killGroup(child), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}

function targetOf(processId: number, { isShell = false }: ServiceSettings): number {
  return isShell && process.platform !== 'win32' ? -processId : processId;
}

/** Kills the program and whatever it has started and left in its group. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  sendSignal(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
}

function sendSignal(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch {
    // It has ended by itself.
  }
}
