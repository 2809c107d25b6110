import { spawn, type ChildProcess } from 'node:child_process';
import { confined, probeConfinement } from '@taskwire/documents';

/** Largest output (characters) of a program. */
const MOST_OUTPUT = 4 * 1_024 * 1_024;
/** Characters of standard error in the log of a failure. */
const SHOWN_ERROR = 1_000;
/** Processor time (s) per second of a program's time limit. The program may use several processors. */
const PROCESSORS = 4;
/** The whole environment of programs. */
const ENVIRONMENT = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/homebrew/bin',
  LANG: 'C.UTF-8',
  OMP_THREAD_LIMIT: '1',
};

/** A program, its limits, and the signal that ends it. */
export interface ProgramRun {
  command: readonly string[];
  limitMs: number;
  signal: AbortSignal;
  /** Memory limit (MiB); absent: no limit. */
  memoryMiB?: number;
  /** Whether it runs without network, if the machine permits that. */
  isOffline?: boolean;
}

/** A failed program. `reason` may be shown to the task's owner; `detail` is for the log. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
  readonly reason: string;
  /** Whether the program is not installed. */
  readonly isMissing: boolean;

  constructor(reason: string, { detail = '', isMissing = false }: { detail?: string; isMissing?: boolean } = {}) {
    super(detail === '' ? reason : `${reason}: ${detail}`);
    this.reason = reason;
    this.isMissing = isMissing;
  }
}

/** A shell's exit status for an unknown program. */
const NOT_FOUND = 127;

/**
 * Runs a program with a minimal environment; no shell interprets its arguments. When its time is up or the signal
 * aborts, the program and all processes of its group are killed.
 * @returns its standard output.
 * @throws ProgramError; the signal's reason.
 */
export async function runProgram(run: ProgramRun): Promise<string> {
  const { limitMs, signal, memoryMiB, isOffline = false } = run;
  signal.throwIfAborted();
  const confinement = await probeConfinement();
  const limits = { cpuSeconds: (limitMs / 1_000) * PROCESSORS, ...(memoryMiB === undefined ? {} : { memoryMiB }) };
  const network = isOffline ? {} : { withoutNetwork: [] };
  const [file = '', ...options] = confined(run.command, limits, { ...confinement, ...network });
  const child = spawn(file, options, { env: ENVIRONMENT, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const killed = { reason: '' };
  const kill = (reason: string) => {
    killed.reason ||= reason;
    killGroup(child);
  };
  const timer = setTimeout(() => kill(`it took longer than ${limitMs} ms`), limitMs);
  const onAbort = () => kill('it was canceled');
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const output = await outputOf(child, () => kill(`it printed more than ${MOST_OUTPUT} characters`));
    signal.throwIfAborted();
    return output;
  } catch (error) {
    signal.throwIfAborted();
    throw killed.reason === '' ? error : new ProgramError(killed.reason);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    killGroup(child);
  }
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group has ended.
  }
}

function outputOf(child: ChildProcess, onTooMuch: () => void): Promise<string> {
  let output = '';
  let errors = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.length <= MOST_OUTPUT) return;
    output = '';
    onTooMuch();
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-SHOWN_ERROR)));
  return new Promise((resolve, reject) => {
    child.on('error', (error) =>
      reject(new ProgramError('it could not be started', { detail: error.message, isMissing: true })),
    );
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(failureOf(code, signal, errors.trim()));
    });
  });
}

function failureOf(code: number | null, signal: NodeJS.Signals | null, detail: string): ProgramError {
  if (code === NOT_FOUND) return new ProgramError('it is not installed', { detail, isMissing: true });
  return new ProgramError(`it ended with ${signal ?? `status ${code}`}`, { detail });
}
