import { spawn } from 'node:child_process';
import { Socket } from 'node:net';

/**
 * Starts a small shell that waits on a pipe from this process. When this process ends, by whatever cause, the pipe closes
 * and the shell sends the signal to the program. Windows has no such shell: there the next start stops a server.
 *
 * @param target a process id, or the negative id of a process group
 * @returns ends the watch. Call it once the program has exited: another one may then get its process id.
 */
export function watchOver(target: number, signal: NodeJS.Signals): () => void {
  if (process.platform === 'win32') {
    return () => undefined;
  }
  const script = 'read -r _; kill -s "$1" -- "$2"';
  const watchdog = spawn('/bin/sh', ['-c', script, 'taskwire-watchdog', signal.slice('SIG'.length), `${target}`], {
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  // Without a shell there is no watch, and all else works.
  watchdog.on('error', () => undefined);
  watchdog.stdin.on('error', () => undefined);
  if (watchdog.stdin instanceof Socket) {
    watchdog.stdin.unref();
  }
  watchdog.unref();
  return () => {
    watchdog.kill('SIGKILL');
  };
}
