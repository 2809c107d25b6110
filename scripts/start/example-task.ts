import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { taskKind, type TaskwireClient } from '@taskwire/client';
import type { StandardRouter, documentIngest } from '@taskwire/standard-tasks';
import { Problem } from '@taskwire/dev-stack/programs';
import { environmentWith } from '../env.ts';
import { inRepository, localCommand } from '../lib/repository.ts';
import { example } from './example.ts';

export interface Access {
  url: string;
  token: string;
}

/** Uploads the example document and asks for its ingestion. Returns the task's id. */
export async function createExampleTask(client: TaskwireClient<StandardRouter>): Promise<string> {
  const content = await readFile(example.file);
  const upload = await client.upload(new Blob([content], { type: example.mediaType }), { fileName: example.fileName });
  const task = await client.tasks.create(taskKind<typeof documentIngest>('document.ingest'), {
    uploadId: upload.uploadId,
  });
  return task.taskId;
}

/** Shows a task's progress in this terminal, by `taskwire watch`, until the task has ended. */
export async function watchInTerminal(taskId: string, access: Access, how: { dev: boolean; signal: AbortSignal }) {
  const cli = inRepository('packages', 'cli');
  const program = how.dev
    ? { command: localCommand('tsx'), arguments: ['--conditions=taskwire-source', `${cli}/src/main.ts`] }
    : { command: process.execPath, arguments: [`${cli}/dist/main.js`] };
  const child = spawn(program.command, [...program.arguments, 'watch', taskId], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: environmentWith({ TASKWIRE_URL: access.url, TASKWIRE_TOKEN: access.token }),
    signal: how.signal,
  });
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve());
  });
}

/**
 * Waits for the task's end, which for a task that has ended is there at once.
 * @throws Problem with the task's own error if it did not end in `done`
 */
export async function requireDone(client: TaskwireClient<StandardRouter>, taskId: string): Promise<void> {
  const { status, error } = await outcomeOf(client, taskId);
  if (status === 'done') return;
  const reason = error === undefined ? '' : `: ${error.message} (${error.code})`;
  throw new Problem(`The example task ended in ${status ?? 'nothing'}${reason}`);
}

interface Outcome {
  status?: string;
  error?: { code: string; message: string };
}

async function outcomeOf(client: TaskwireClient<StandardRouter>, taskId: string): Promise<Outcome> {
  let outcome: Outcome = {};
  for await (const message of client.watchTask(taskId)) {
    if (message.type === 'snapshot') outcome = message.state;
    else if (message.type === 'error') outcome = { status: 'error', error: message };
    else outcome = { status: message.type };
  }
  return outcome;
}

export interface Finding {
  page: number;
  /** The found words marked. */
  snippet: readonly { text: string; match: boolean }[];
}

/** Searches the example document. @returns the findings, best first */
export async function searchExample(client: TaskwireClient<StandardRouter>, taskId: string): Promise<Finding[]> {
  const { hits } = await client.trpc.document.search.query({ query: example.query, taskId, limit: 3 });
  return hits.map(({ page, snippet }) => ({ page, snippet }));
}
