import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../env.ts';
import type { Visit, Visitor } from './visit.ts';

const CLI = fileURLToPath(new URL('../../../packages/cli/dist/main.js', import.meta.url));
/** Done, error and canceled: the command saw the task's end. */
const SAW_THE_END = new Set([0, 1, 3]);

/** Watches a task by the command `taskwire watch --json`, a process of its own. */
export function visitByCommand(visit: Visit): Visitor {
  const { record, target, url, token } = visit;
  if (target.of !== 'task') throw new Error('the command watches tasks');
  const cursor = record.cursor;
  const resume = cursor === undefined ? [] : ['--last-event-id', cursor];
  record.begin(cursor);
  const child = spawn(process.execPath, [CLI, '--json', '--url', url, 'watch', target.taskId, ...resume], {
    env: childEnvironment({ TASKWIRE_TOKEN: token }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const leaving = new AbortController();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = parse(line);
    // A command that was killed may have written half a line.
    if (message !== undefined) record.message(message, seqOf(message));
    else if (!leaving.signal.aborted) record.failed(`not JSON: ${line.slice(0, 200)}`);
  });
  const closed = once(child, 'close').then(() => {
    if (leaving.signal.aborted) return;
    const lastLine = record.entries.findLast((entry) => entry.what === 'message');
    const over = child.exitCode !== null && SAW_THE_END.has(child.exitCode) && isLast(lastLine?.message);
    const how = `exit ${child.exitCode ?? child.signalCode ?? 'unknown'}`;
    if (over) record.ended(how);
    else record.failed(`${how}: ${complaints.slice(-500)}`);
  });
  return {
    leave: async () => {
      leaving.abort();
      child.kill('SIGKILL');
      await closed;
    },
  };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function seqOf(message: unknown): string | undefined {
  if (typeof message !== 'object' || message === null || !('seq' in message)) return undefined;
  return typeof message.seq === 'number' ? String(message.seq) : undefined;
}

/** Exit status 1 is also that of a command that failed for another reason. */
function isLast(message: unknown): boolean {
  const text = JSON.stringify(message ?? null);
  return /"(type|status)":"(done|error|canceled)"/.test(text);
}
