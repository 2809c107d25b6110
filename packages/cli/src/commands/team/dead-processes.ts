import { spawn } from 'node:child_process';
import type { Variables } from '../../env.ts';

/** Interval (ms) between two checks of the parent. */
const CHECK_EVERY_MS = 1_000;

/**
 * Calls back once this process's parent has died, if a package manager started this process: its shell dies of a signal
 * without passing it on. Other parents, such as a shell with `nohup`, may end without a call.
 * @param variables those of this process. npm, pnpm and yarn name their script in them.
 * @returns ends the watch.
 */
export function watchParent(variables: Variables, onDeath: () => void): () => void {
  const isScript = variables['npm_lifecycle_event'] !== undefined || variables['npm_command'] !== undefined;
  if (!isScript) return () => undefined;
  const parentId = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parentId) return;
    clearInterval(timer);
    onDeath();
  }, CHECK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * Lets a program get SIGTERM when this process ends, even by SIGKILL: a small shell waits on a pipe from this process. On
 * Windows and without a shell there is no watch, and all else works.
 * @returns ends the watch. Call it once the program has ended: another one may then get its process id.
 */
export function endWithThisProcess(processId: number): () => void {
  if (process.platform === 'win32') return () => undefined;
  const script = 'read -r _; kill -s TERM "$1"';
  const watchdog = spawn('/bin/sh', ['-c', script, 'taskwire-watchdog', `${processId}`], {
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watchdog.on('error', () => undefined);
  watchdog.stdin.on('error', () => undefined);
  watchdog.unref();
  return () => void watchdog.kill('SIGKILL');
}
