import { openTestBackend } from '@taskwire/worker/testing';
import { createTaskwireWorker } from '@taskwire/worker';
import { pino } from 'pino';
import { expect, it, onTestFinished, vi } from 'vitest';
import { DocumentWorker } from '../document-worker.ts';
import { openDocumentBackend } from '../testing/document-backend.ts';
import { logMissingTables } from './document-tables.ts';

it('a worker without the tables of documents logs once how to make them', async () => {
  const backend = await openTestBackend();
  onTestFinished(() => backend.close());
  const lines: string[] = [];
  const documents = new DocumentWorker();
  const worker = createTaskwireWorker({
    ...{ handlers: documents.handlers, extensions: [documents] },
    ...{ databaseUrl: backend.databaseUrl, redisUrl: backend.redis.redisUrl, uploadDirectory: backend.uploadDirectory },
    logger: pino({}, { write: (line: string) => void lines.push(line) }),
  });
  onTestFinished(() => worker.stop());
  await worker.start({ signals: false });
  await vi.waitFor(() => {
    const missing = lines.filter((line) => line.includes('has not the tables of documents'));
    expect(missing).toEqual([expect.stringMatching(/@taskwire\/standard-tasks.*package\.json.*npx taskwire migrate/)]);
  });
});

it('nothing is logged if the tables are there', async () => {
  const backend = await openDocumentBackend();
  onTestFinished(() => backend.close());
  const lines: string[] = [];
  await logMissingTables(backend.documents, pino({}, { write: (line: string) => void lines.push(line) }));
  expect(lines).toEqual([]);
});
