import { spawn } from 'node:child_process';

/**
 * $1 seconds · $2 process id · $3 last words.
 * - Its standard input ends with the process. Then it leaves, so it never kills another process with the same id.
 * - It writes in the background: standard error may be a full pipe without a reader.
 * - Its sleep ends with it, and does not hold that pipe open.
 */
const KILLER = `
exec 3<&0
{
  trap 'kill "$sleep" 2>/dev/null; exit' TERM
  sleep "$1" 2>/dev/null 3<&- & sleep=$!
  wait "$sleep"
  echo "$3" >&2 & kill -9 "$2"
} </dev/null & killer=$!
cat <&3 >/dev/null
kill "$killer"
`;

/**
 * Ends this process by SIGKILL after `milliseconds`, unless it has ended by then. Another process does so: the event loop of
 * this one may be blocked, and `process.exit` waits for every thread of the pool, one of which may hang in a file system or
 * a name server. Does nothing if there is no `sh`.
 */
export function startLastDeadline(milliseconds: number, lastWords: string): void {
  const words = [String(Math.ceil(milliseconds / 1_000)), String(process.pid), lastWords];
  // A session of its own: a terminal's Ctrl-C does not end it.
  const killer = spawn('sh', ['-c', KILLER, 'taskwire-last-deadline', ...words], {
    stdio: ['pipe', 'ignore', 'inherit'],
    detached: true,
  });
  killer.on('error', () => undefined);
  killer.stdin.on('error', () => undefined);
  killer.unref();
}
