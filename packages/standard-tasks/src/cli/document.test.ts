import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runAs, startDocumentFake, type DocumentFake } from './testing/document-command.ts';

let server: DocumentFake;
beforeEach(async () => {
  server = await startDocumentFake();
});
afterEach(() => server.close());

/** Runs the command as ann. */
function taskwire(...words: string[]) {
  return runAs(server, words);
}

/** A scanned manual of ann's with one page of text. */
function addManual(): string {
  const piece = { ordinal: 0, heading: 'Hives', text: 'Bees dance.\nThey\u001B[31m sting.', isContinuation: false };
  const { documentId } = server.ports.documents.add(
    {
      ownerId: 'ann',
      fileName: 'bees.pdf',
      pages: 10,
      languages: ['de', 'el'],
      coverage: { pagesWithText: 1, pagesWithoutText: [{ from: 2, to: 10 }], pagesUnreadable: [] },
      warnings: ['9 of 10 pages hold no text'],
    },
    new Map([[1, [piece]]]),
  );
  return documentId;
}

describe('document list', () => {
  test('shows each document with its pages and its number of warnings', async () => {
    const documentId = addManual();
    const { status, stdout } = await taskwire('document', 'list');
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^${documentId} +10 pages .*bees\\.pdf +1 warning\\n$`));
  });

  test('says that there are none', async () => {
    const { status, stdout, stderr } = await taskwire('document', 'list');
    expect([status, stdout]).toEqual([0, '']);
    expect(stderr).toContain('no documents');
  });

  test('gives one page as JSON', async () => {
    const documentId = addManual();
    const { stdout } = await taskwire('document', 'list', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ items: [{ documentId, fileName: 'bees.pdf' }] });
  });
});

test('document get shows languages, coverage and warnings', async () => {
  const { stdout } = await taskwire('document', 'get', addManual());
  expect(stdout).toMatch(/languages +German, Greek\n/);
  expect(stdout).toMatch(/coverage +1 of 10 pages hold text; no text on pages 2–10\n/);
  expect(stdout).toMatch(/warning +9 of 10 pages hold no text\n/);
});

describe('document page', () => {
  test('prints the text of a page without control sequences', async () => {
    const { status, stdout } = await taskwire('document', 'page', addManual());
    expect(status).toBe(0);
    expect(stdout).toBe('Bees dance.\nThey\u{FFFD}[31m sting.\n');
  });

  test('prints no line for a chunk that only repeats earlier text', async () => {
    const piece = { isContinuation: true, repeated: 3 };
    const pieces = [
      { ordinal: 0, text: 'Bees.', isContinuation: false },
      { ordinal: 1, text: '', ...piece },
    ];
    const { documentId } = server.ports.documents.add({ ownerId: 'ann' }, new Map([[1, pieces]]));
    const { stdout } = await taskwire('document', 'page', documentId);
    expect(stdout).toBe('Bees.\n');
  });

  test('says that a page holds no text', async () => {
    const { status, stdout, stderr } = await taskwire('document', 'page', addManual(), '2');
    expect([status, stdout]).toEqual([0, '']);
    expect(stderr).toContain('page 2 holds no text');
  });

  test('names the last page if there is no such page', async () => {
    const { status, stderr } = await taskwire('document', 'page', addManual(), '11');
    expect(status).not.toBe(0);
    expect(stderr).toContain('the document has 10 pages');
  });
});

test('document replace uploads the file and creates the task that reads it', async () => {
  const documentId = addManual();
  const folder = await mkdtemp(join(tmpdir(), 'taskwire-cli-'));
  const path = join(folder, 'bees-2.md');
  await writeFile(path, '# Bees');
  const { status, stdout } = await taskwire('document', 'replace', documentId, path, '--json');
  await rm(folder, { recursive: true });
  expect(status).toBe(0);
  const [upload] = server.ports.storedUploads.values();
  expect(JSON.parse(stdout)).toMatchObject({
    kind: 'document.ingest',
    input: { uploadId: upload?.uploadId, replaces: documentId },
  });
});

describe('document delete', () => {
  test('deletes the document', async () => {
    const documentId = addManual();
    const { status, stdout } = await taskwire('document', 'delete', documentId);
    expect([status, stdout]).toEqual([0, `${documentId}  deleted\n`]);
    expect(server.ports.documents.stored.has(documentId)).toBe(false);
  });

  test('does not find a document of another owner', async () => {
    const { documentId } = server.ports.documents.add({ ownerId: 'bob' });
    const { status, stderr } = await taskwire('document', 'delete', documentId);
    expect(status).toBe(1);
    expect(stderr).toBe('error: there is no such document among yours: taskwire document list shows them\n');
    expect(server.ports.documents.stored.has(documentId)).toBe(true);
  });
});

test.each([
  [['document'], /list|usage/i],
  [['document', 'list', '--limit', 'many'], /--limit/],
  [['document', 'page', 'x'], /documentId/],
  [['document', 'replace', '0b1c7f0e-2f5e-4c52-9f0e-0a8f3a6c1d11', '/nowhere/at/all'], /cannot be read/],
])('a wrong call of %j is refused in a way that names it', async (words, message) => {
  const { status, stderr } = await taskwire(...words);
  expect(status).not.toBe(0);
  expect(stderr).toMatch(message);
});
