import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_LIMITS } from '@taskwire/documents';
import { makeScan } from '@taskwire/documents/testing';
import type { TaskAddress } from '@taskwire/event-log';
import { useTemporaryFolder } from '@taskwire/test-kit/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUpload, createTask, jobOf, readEvents, readRow } from '@taskwire/worker/testing';
import { documentIngest } from '../../definitions/document-ingest.ts';
import { createDocumentRunner, openDocumentBackend, type DocumentBackend } from '../testing/document-backend.ts';

const { kind } = documentIngest;
const PICTURE = { width: 200, height: 200, bits: 8, samples: new Uint8Array(40_000) } as const;
let backend: DocumentBackend;
const folder = useTemporaryFolder('recognition');

beforeAll(async () => {
  backend = await openDocumentBackend();
});

afterAll(async () => {
  await backend.close();
});

/** A stand-in for a text recognition program. It gets the path of an image and the language. */
async function program(name: string, code: string): Promise<string[]> {
  const path = join(folder.path, `${name}.mjs`);
  await writeFile(path, `import { readFileSync } from 'node:fs';\n${code}`);
  return [process.execPath, path, '{input}', '{language}'];
}

async function ingest(pages: readonly string[], command: readonly string[]): Promise<TaskAddress> {
  const recognition = { command, language: 'deu', pageMs: 20_000 };
  const reading = { limits: DEFAULT_LIMITS, recognition };
  const content = makeScan(pages.map((text) => (text === '' ? PICTURE : text)));
  const task = await createTask(backend, documentIngest, {
    uploadId: await addUpload(backend, 'application/pdf', content),
  });
  expect(await createDocumentRunner(backend, { reading }).run(jobOf(task, kind, 2))).toBe('finished');
  return task;
}

const itemsOf = async (task: TaskAddress) =>
  (await readEvents(backend, task)).flatMap((event) => (event.type === 'progress' ? [event.itemName] : []));

describe('text recognition in document.ingest', () => {
  it('makes the text of pages that are pictures part of the document, in the order of the pages', async () => {
    const command = await program(
      'reads',
      `console.log(\`recognised in \${process.argv[3]}: \${readFileSync(process.argv[2]).length > 1000}\`);`,
    );
    const task = await ingest(['first page', '', 'third page'], command);
    expect(await readRow(backend, task)).toMatchObject({
      status: 'done',
      output: { coverage: { pagesWithText: 3, pagesWithoutText: [], pagesRecognised: [{ from: 2, to: 2 }] } },
    });
    const found = await backend.documents.documentChunk.findMany({ orderBy: { ordinal: 'asc' } });
    expect(found.map(({ text }) => text).join('\n')).toContain('recognised in deu: true');
    expect(await itemsOf(task)).toContain('page 2 of 3: text recognition');
  });

  it('warns of a page that could not be recognised, and continues', async () => {
    const command = await program('fails', `process.exit(4);`);
    const row = await readRow(backend, await ingest(['text', '', ''], command));
    expect(row).toMatchObject({
      status: 'done',
      output: {
        coverage: { pagesWithText: 1, pagesWithoutText: [{ from: 2, to: 3 }] },
        warnings: [
          '2 of 3 pages hold no text, and none was recognised',
          'page 2: its text was not recognised: it ended with status 4',
          'page 3: its text was not recognised: it ended with status 4',
        ],
      },
    });
  });

  it('says once that the program is not installed', async () => {
    const row = await readRow(backend, await ingest(['text', '', ''], ['no-such-program', '{input}']));
    expect(row).toMatchObject({
      status: 'done',
      output: {
        warnings: [
          '2 of 3 pages hold no text, and none was recognised',
          'no text is recognised: the program for it (OCR, OCR_COMMAND) is not installed beside the worker',
        ],
      },
    });
  });

  it('calls a document without recognised text empty', async () => {
    const row = await readRow(backend, await ingest([''], await program('silent', '')));
    expect(row).toMatchObject({ status: 'error', errorCode: 'DOCUMENT_EMPTY' });
    expect(row.errorMessage).toContain('text recognition found none');
  });
});
