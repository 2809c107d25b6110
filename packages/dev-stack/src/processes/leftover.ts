import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

import { runCommand } from './commands.ts';

/** A process that a file of an earlier run names. */
export interface LeftoverCandidate {
  processId: number;
  /** Texts in the command line of the expected program. */
  marks: readonly string[];
}

/**
 * Whether the process of an earlier run still lives, or another program has its id now. A zombie has no command line and
 * counts as a stranger.
 */
export async function identifyLeftover(candidate: LeftoverCandidate): Promise<'gone' | 'ours' | 'a-stranger'> {
  if (!isAlive(candidate.processId)) {
    return 'gone';
  }
  const commandLine = await commandLineOf(candidate.processId);
  return candidate.marks.every((mark) => commandLine.includes(mark)) ? 'ours' : 'a-stranger';
}

/** Ends a process of an earlier run, which is no child of this one: sends the signal, waits up to 15 s, then kills. */
export async function endLeftover(candidate: LeftoverCandidate, signal: NodeJS.Signals): Promise<void> {
  send(candidate.processId, signal);
  for (let waitedMs = 0; (await identifyLeftover(candidate)) === 'ours'; waitedMs += 25) {
    if (waitedMs >= 15_000) {
      send(candidate.processId, 'SIGKILL');
    }
    await delay(25);
  }
}

function send(processId: number, signal: NodeJS.Signals): void {
  try {
    process.kill(processId, signal);
  } catch {
    // It has ended by itself.
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function commandLineOf(processId: number): Promise<string> {
  try {
    return (await readFile(`/proc/${processId}/cmdline`, 'utf8')).replaceAll('\0', ' ');
  } catch {
    const { succeeded, output } = await runCommand({
      program: 'ps',
      argumentList: ['-o', 'command=', '-p', `${processId}`],
    });
    return succeeded ? output : '';
  }
}
