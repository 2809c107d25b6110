import { readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'undici';
import * as z from 'zod';

/** Address at which Node.js listens for debuggers after SIGUSR1 (its manual, "Signal events"). */
const DEBUGGER = 'http://127.0.0.1:9229/json/list';
const TRIES = 50;
const PAUSE_MS = 100;

const targetsSchema = z.tuple([z.object({ webSocketDebuggerUrl: z.url() })]);

/**
 * Collects the garbage of a process of Node.js, so that its resident memory is the memory that it needs. Any other process
 * stays as it is. Watchers would reuse the memory of earlier garbage, and look free of cost.
 * @throws Error if the process does not answer as a debugger's target.
 */
export async function collectGarbage(processId: number): Promise<void> {
  if (basename(readlinkSync(`/proc/${processId}/exe`)) !== 'node') return;
  process.kill(processId, 'SIGUSR1');
  const socket = new WebSocket(await debuggerAddress());
  try {
    await new Promise((resolve, reject) => {
      socket.addEventListener('error', () => reject(new Error('the debugger of a server cannot be reached')));
      socket.addEventListener('message', resolve);
      socket.addEventListener('open', () =>
        socket.send(JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' })),
      );
    });
  } finally {
    socket.close();
  }
}

async function debuggerAddress(): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    try {
      const response = await fetch(DEBUGGER);
      const [target] = targetsSchema.parse(await response.json());
      return target.webSocketDebuggerUrl;
    } catch (error) {
      if (tries === TRIES) throw new Error('a server does not let itself be debugged', { cause: error });
      await delay(PAUSE_MS);
    }
  }
}
