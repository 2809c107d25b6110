import { spawn, type ChildProcess } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { watchOver } from '@taskwire/dev-stack';
import { environmentWith } from '../env.ts';
import { Problem } from '../lib/problem.ts';
import { repositoryRoot } from '../lib/repository.ts';

const STOP_TIMEOUT_MS = 20_000;
const LOOK_EVERY_MS = 100;
const TAIL_LINES = 20;

export interface ServiceSettings {
  name: string;
  command: string;
  arguments: readonly string[];
  environment: Record<string, string | undefined>;
  /** Standard output and standard error; emptied first. */
  logFile: string;
  folder?: string;
}

/**
 * A program that runs for as long as `start` does: starting → running → stopping → ended. It stands in a process
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
}

/** Starts a service. Rejects with a Problem if there is no such program. */
export async function startService(settings: ServiceSettings): Promise<Service> {
  const log = await open(settings.logFile, 'w', 0o600);
  const child = spawn(settings.command, settings.arguments, {
    cwd: settings.folder ?? repositoryRoot,
    env: environmentWith(settings.environment),
    stdio: ['ignore', log.fd, log.fd],
    detached: true,
  });
  const ended = endOf(child, settings.name);
  if (child.pid !== undefined) void ended.then(watchOver(child.pid, 'SIGTERM'));
  await log.close();
  let stopping = false;
  const failure = ended.then((how) => (stopping ? forever() : died(settings, how)));
  failure.catch(() => undefined);
  return {
    name: settings.name,
    logFile: settings.logFile,
    failure,
    ready: (look, timeoutMs) => Promise.race([failure, becomesReady(settings, look, timeoutMs)]),
    stop: async () => {
      stopping = true;
      await stopGroup(child, ended);
    },
  };
}

function endOf(child: ChildProcess, name: string): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`${name} could not be started: ${error.message}`));
    child.once('exit', (status, signal) => resolve(`${name} ended by itself (${signal ?? `status ${status ?? 0}`}).`));
  });
}

function forever(): Promise<never> {
  return new Promise<never>(() => undefined);
}

async function died(settings: ServiceSettings, message: string): Promise<never> {
  throw new Problem(message, await logDetail(settings));
}

async function logDetail(settings: ServiceSettings): Promise<{ detail?: string; remedy: string }> {
  const content = await readFile(settings.logFile, 'utf8').catch(() => '');
  const tail = content.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
  const remedy = `The whole log: ${settings.logFile}`;
  return tail === '' ? { remedy } : { detail: tail, remedy };
}

async function becomesReady(settings: ServiceSettings, look: () => Promise<boolean>, timeoutMs: number): Promise<void> {
  const until = Date.now() + timeoutMs;
  while (!(await look())) {
    if (Date.now() > until) {
      throw new Problem(`${settings.name} is not ready after ${timeoutMs / 1_000} s.`, await logDetail(settings));
    }
    await delay(LOOK_EVERY_MS);
  }
}

async function stopGroup(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => killGroup(child), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || process.platform === 'win32') {
    child.kill('SIGKILL');
    return;
  }
  process.kill(-child.pid, 'SIGKILL');
}
