import { spawn } from 'node:child_process';
import { Socket } from 'node:net';

/**
 * Has a small shell wait on a pipe from this process. However this process ends, the pipe closes, and the shell sends
 * the signal to the server. Windows has no such shell; there the next start finds what is left.
 *
 * @returns ends the watch; to be called once the server has exited, as its process id may then go to another program
 */
export function watchOver(processId: number, signal: NodeJS.Signals): () => void {
  if (process.platform === 'win32') {
    return () => undefined;
  }
  const script = 'read -r _; kill -s "$1" "$2"';
  const watchdog = spawn('/bin/sh', ['-c', script, 'taskwire-watchdog', signal.slice('SIG'.length), `${processId}`], {
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
