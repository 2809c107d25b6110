import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadStageResults, saveStageResult } from '@taskwire/db';
import type { TaskAddress } from '@taskwire/event-log';
import { TEXT_VERSION } from '@taskwire/documents';
import { makePdf } from '@taskwire/documents/testing';
import { eventually } from '@taskwire/test-kit/vitest';
import { describe, expect, it } from 'vitest';
import { addUpload, createTask, jobOf, readEvents, readRow } from '@taskwire/worker/testing';
import { documentIngest } from '../../definitions/document-ingest.ts';
import { useDocumentBackend, createDocumentRunner } from '../testing/document-backend.ts';

const backend = useDocumentBackend();

async function stagesOf(task: TaskAddress): Promise<string[]> {
  const events = await readEvents(backend, task);
  return events.flatMap((event) => (event.type === 'stage' ? [`${event.stage} ${event.status}`] : []));
}

/** Copies the stage results of an earlier task, as the creation of a retry does. */
async function takeOver(earlier: TaskAddress, { taskId }: TaskAddress): Promise<void> {
  const results = await loadStageResults(backend.database, earlier.taskId);
  for (const [stage, result] of results) await saveStageResult(backend.database, { taskId, stage, result });
}

describe('document.ingest', () => {
  const { kind } = documentIngest;

  /** The files that are made of an upload, without its id. */
  async function derivedFilesOf(uploadId: string): Promise<string[]> {
    const names = await readdir(join(backend.uploadDirectory, 'derived')).catch(() => []);
    return names
      .filter((name) => name.startsWith(uploadId))
      .map((name) => name.slice(uploadId.length + 1))
      .sort();
  }

  /** A task that was canceled while it was indexing, by when the others had been done. */
  async function canceledWhileIndexing(uploadId: string): Promise<TaskAddress> {
    const task = await createTask(backend, documentIngest, { uploadId });
    await backend.documents.$transaction(
      async (transaction) => {
        await transaction.$executeRaw`LOCK TABLE "DocumentChunk" IN ACCESS EXCLUSIVE MODE`;
        const run = createDocumentRunner(backend, { cancelGraceMs: 50 }).run(jobOf(task, kind, 0));
        await eventually(async () => expect(await stagesOf(task)).toContain('index running'), 20_000);
        await backend.eventLog.append(task, { type: 'canceling', requestedBy: 'ada' });
        expect(await run).toBe('finished');
      },
      { timeout: 60_000 },
    );
    return task;
  }

  async function doneAgain(canceled: TaskAddress, uploadId: string): Promise<TaskAddress> {
    const again = await createTask(backend, documentIngest, { uploadId });
    await takeOver(canceled, again);
    expect(await createDocumentRunner(backend).run(jobOf(again, kind, 0))).toBe('finished');
    const pages = { status: 'done', output: { pages: 2, chunks: 1, characters: 20 } };
    expect(await readRow(backend, again)).toMatchObject(pages);
    return again;
  }

  const twoPages = async () =>
    addUpload(
      backend,
      'application/pdf',
      await makePdf([[{ text: 'first page', size: 9 }], [{ text: 'other page', size: 9 }]]),
    );

  it('continues from the sections and chunks of an ended task that this one repeats, and leaves no file behind', async () => {
    const uploadId = await twoPages();
    const canceled = await canceledWhileIndexing(uploadId);
    expect(await derivedFilesOf(uploadId)).toEqual([
      `chunks-${TEXT_VERSION}-1200-0.15.ndjson`,
      `sections-${TEXT_VERSION}.ndjson`,
    ]);
    const again = await doneAgain(canceled, uploadId);
    expect(await stagesOf(again)).toEqual(['parse skipped', 'chunk skipped', 'index running', 'index done']);
    expect(await derivedFilesOf(uploadId)).toEqual([]);
    await access(join(backend.uploadDirectory, uploadId));
  });

  it('reads and cuts again if the files that the stored results name are gone', async () => {
    const uploadId = await twoPages();
    const canceled = await canceledWhileIndexing(uploadId);
    await doneAgain(canceled, uploadId);
    const again = await doneAgain(canceled, uploadId);
    expect((await stagesOf(again)).filter((stage) => stage.endsWith('done'))).toEqual([
      'parse done',
      'chunk done',
      'index done',
    ]);
    expect(await derivedFilesOf(uploadId)).toEqual([]);
  });
});
