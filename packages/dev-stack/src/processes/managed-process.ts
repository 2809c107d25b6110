import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

import { serverEnvironment } from '../env.ts';
import type { Command } from './commands.ts';
import { watchOver } from './watchdog.ts';

export interface ManagedCommand extends Command {
  /** File for standard output and error; emptied first. */
  logFile: string;
  /** Signal that stops the server in order. */
  stopSignal: NodeJS.Signals;
}

/**
 * A server that belongs to this process. Starting → running → exited.
 * - It has a process group of its own: a Ctrl-C in the terminal does not reach it before this process stops it.
 * - If this process ends without stopping it, even by SIGKILL, it ends too (`watchOver`).
 * - It does not keep the event loop alive.
 */
export interface ManagedProcess {
  readonly processId: number;
  hasExited: () => boolean;
  /** Resolves with the cause (`SIGKILL`, `status 1`) if the process exits before a `stop`; else never. */
  readonly exitedByItself: Promise<string>;
  /** Sends one signal, if the process still runs. */
  signal: (signal: NodeJS.Signals) => void;
  /** Sends `stopSignal` (or the given one), waits up to 15 s, then kills. Does nothing once the process has exited. */
  stop: (signal?: NodeJS.Signals) => Promise<void>;
}

/** Starts a server. Resolves once its process runs; the caller checks that it serves. @throws if it cannot be started. */
export async function startManagedProcess(command: ManagedCommand): Promise<ManagedProcess> {
  const log = await open(command.logFile, 'w', 0o600);
  try {
    const child = spawn(command.program, command.argumentList, {
      cwd: '/',
      env: { ...serverEnvironment(), ...command.environment },
      stdio: ['ignore', log.fd, log.fd],
      detached: true,
      ...(command.calledAs === undefined ? {} : { argv0: command.calledAs }),
      ...(command.account === undefined ? {} : { uid: command.account.userId, gid: command.account.groupId }),
    });
    return manage(child, { processId: await started(child), stopSignal: command.stopSignal });
  } finally {
    await log.close();
  }
}

function started(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('spawn', () => {
      resolve(child.pid ?? 0);
    });
  });
}

function manage(child: ChildProcess, how: { processId: number; stopSignal: NodeJS.Signals }): ManagedProcess {
  const hasExited = () => child.exitCode !== null || child.signalCode !== null;
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let isStopping = false;
  const exitedByItself = new Promise<string>((resolve) => {
    child.once('exit', (status, signal) => {
      if (!isStopping) resolve(signal ?? `status ${status}`);
    });
  });
  const dismissWatchdog = watchOver(how.processId, how.stopSignal);
  void exited.then(dismissWatchdog);
  child.unref();
  return {
    processId: how.processId,
    hasExited,
    exitedByItself,
    signal: (signal) => {
      child.kill(signal);
    },
    stop: async (signal = how.stopSignal) => {
      isStopping = true;
      if (hasExited()) {
        return;
      }
      child.ref();
      child.kill(signal);
      await Promise.race([exited, delay(15_000, undefined, { ref: false })]);
      if (!hasExited()) {
        child.kill('SIGKILL');
      }
      await exited;
    },
  };
}
