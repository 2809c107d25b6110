import { refusal } from '@taskwire/router/testing';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PagePiece } from '../document-store.ts';
import { DocumentPorts } from '../testing/document-ports.ts';

const NOBODYS = '7f6f7d8e-3e5a-4b0c-9d1e-2f3a4b5c6d7e';

let ports: DocumentPorts;
beforeEach(() => {
  ports = new DocumentPorts();
});
const alice = () => ports.callAs('alice');

const piece = (ordinal: number, text = `piece ${ordinal}`): PagePiece => ({ ordinal, text, isContinuation: false });

describe('document.list and document.get', () => {
  it('give the documents of the caller alone, newest first, a page at a time', async () => {
    const names = ['first', 'second', 'third'];
    for (const fileName of names) ports.documents.add({ ownerId: 'alice', fileName });
    ports.documents.add({ ownerId: 'eve', fileName: 'hers' });
    const newest = await alice().document.list({ limit: 2 });
    expect(newest.items.map(({ fileName }) => fileName)).toEqual(['third', 'second']);
    const rest = await alice().document.list({ limit: 2, cursor: newest.nextCursor });
    expect(rest.items.map(({ fileName }) => fileName)).toEqual(['first']);
    expect(rest).not.toHaveProperty('nextCursor');
  });

  it('show no owner', async () => {
    const { documentId } = ports.documents.add({ ownerId: 'alice' });
    expect(await alice().document.get({ documentId })).not.toHaveProperty('ownerId');
  });
});

describe('document.page', () => {
  it('gives the pieces of a page in order, and the position of the rest', async () => {
    const pages = new Map([
      [1, [piece(0)]],
      [2, [piece(1), piece(2), piece(3)]],
    ]);
    const { documentId } = ports.documents.add({ ownerId: 'alice' }, pages);
    const first = await alice().document.page({ documentId, page: 2, limit: 2 });
    expect(first).toMatchObject({ page: 2, pages: 2, pieces: [piece(1), piece(2)], nextOrdinal: 3 });
    const rest = await alice().document.page({ documentId, page: 2, fromOrdinal: 3 });
    expect(rest.pieces).toEqual([piece(3)]);
    expect(rest).not.toHaveProperty('nextOrdinal');
  });

  it('refuses a page that the document does not have, and names its pages', async () => {
    const { documentId } = ports.documents.add({ ownerId: 'alice', pages: 3 });
    const answer = await refusal(alice().document.page({ documentId, page: 4 }));
    expect(answer).toMatchObject({ taskwireCode: 'INVALID_INPUT', fields: [{ path: 'page' }] });
    expect(answer.message).toContain('from 1 to 3');
  });
});

describe('document.delete', () => {
  it('deletes the document and the file that nothing else uses', async () => {
    const { uploadId } = ports.addUpload('alice');
    const { documentId } = ports.documents.add({ ownerId: 'alice', uploadId });
    expect(await alice().document.delete({ documentId })).toEqual({ documentId });
    expect(ports.storedUploads.size).toBe(0);
    expect(await refusal(alice().document.get({ documentId }))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is refused while a task reads the file, naming the remedy, and works once the task has ended', async () => {
    const { uploadId } = ports.addUpload('alice');
    const { documentId } = ports.documents.add({ ownerId: 'alice', uploadId });
    const { taskId } = await alice().task.create({ kind: 'document.ingest', input: { uploadId } });
    const answer = await refusal(alice().document.delete({ documentId }));
    expect(answer).toMatchObject({ code: 'CONFLICT', fields: [{ path: 'documentId' }] });
    expect(answer.message).toContain(`${taskId} reads this document: cancel it (task.cancel)`);
    ports.events.write(taskId, { type: 'canceled' });
    await alice().document.delete({ documentId });
    expect(ports.documents.stored.size).toBe(0);
  });

  it('deletes the document if its file cannot be removed, and reports that', async () => {
    const { documentId } = ports.documents.add({ ownerId: 'alice' });
    vi.spyOn(ports.uploads, 'deleteUnused').mockRejectedValueOnce(new Error('away'));
    expect(await alice().document.delete({ documentId })).toEqual({ documentId });
    expect(ports.reported).toHaveLength(1);
  });

  it('deletes the file that an ended task has read; the task then says why it cannot be retried', async () => {
    const { uploadId } = ports.addUpload('alice');
    const { documentId } = ports.documents.add({ ownerId: 'alice', uploadId });
    const { taskId } = await alice().task.create({ kind: 'document.ingest', input: { uploadId } });
    ports.events.write(taskId, { type: 'canceled' });
    await alice().document.delete({ documentId });
    expect(ports.storedUploads.size).toBe(0);
    const answer = await refusal(alice().task.retry({ taskId }));
    expect(answer.message).toContain('upload the file first');
  });

  it('keeps the file while another document has it', async () => {
    const { uploadId } = ports.addUpload('alice');
    const [first, second] = [1, 2].map(() => ports.documents.add({ ownerId: 'alice', uploadId }));
    await alice().document.delete({ documentId: first?.documentId ?? '' });
    expect([...ports.storedUploads.keys()]).toEqual([second?.uploadId]);
  });
});

describe('document.replace', () => {
  it('creates the task that reads the file in place of the document', async () => {
    const { documentId } = ports.documents.add({ ownerId: 'alice' });
    const { uploadId } = ports.addUpload('alice');
    const task = await alice().document.replace({ documentId, uploadId, chunkSize: 400 });
    expect(task).toMatchObject({
      kind: 'document.ingest',
      status: 'queued',
      input: { uploadId, chunkSize: 400, replaces: documentId },
    });
    expect(ports.waiting.has(task.taskId)).toBe(true);
    expect(ports.documents.stored.size).toBe(1);
  });

  it('creates one task for all calls with one idempotency key', async () => {
    const { documentId } = ports.documents.add({ ownerId: 'alice' });
    const { uploadId } = ports.addUpload('alice');
    const request = { documentId, uploadId, idempotencyKey: 'once-and-only-once' };
    const { taskId } = await alice().document.replace(request);
    expect((await alice().document.replace(request)).taskId).toBe(taskId);
  });

  it('refuses the upload of another user as a missing one', async () => {
    const { documentId } = ports.documents.add({ ownerId: 'alice' });
    const { uploadId } = ports.addUpload('eve');
    const answer = await refusal(alice().document.replace({ documentId, uploadId }));
    expect(answer).toMatchObject({ taskwireCode: 'INVALID_INPUT', fields: [{ path: 'uploadId' }] });
    expect(ports.storedTasks.size).toBe(0);
  });
});

describe('the document of another user', () => {
  it.each<[string, (documentId: string) => Promise<unknown>]>([
    ['get', (documentId) => alice().document.get({ documentId })],
    ['search', (documentId) => alice().document.search({ query: 'x', documentId })],
    ['page', (documentId) => alice().document.page({ documentId, page: 1 })],
    ['delete', (documentId) => alice().document.delete({ documentId })],
    ['replace', (documentId) => alice().document.replace({ documentId, uploadId: ports.addUpload('alice').uploadId })],
  ])('is answered by document.%s as one that does not exist', async (_name, call) => {
    const { documentId } = ports.documents.add({ ownerId: 'eve' });
    const answer = await refusal(call(documentId));
    expect(answer).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal(call(NOBODYS))).toEqual(answer);
    expect(ports.documents.stored.size).toBe(1);
  });
});

it('a document stays when its task is deleted, and its file stays with it', async () => {
  const { uploadId } = ports.addUpload('alice');
  const { taskId } = await alice().task.create({ kind: 'document.ingest', input: { uploadId } });
  ports.events.write(taskId, { type: 'canceled' });
  const { documentId } = ports.documents.add({ ownerId: 'alice', taskId, uploadId });
  await alice().task.delete({ taskId });
  expect(await alice().document.get({ documentId })).not.toHaveProperty('taskId');
  expect([...ports.storedUploads.keys()]).toEqual([uploadId]);
});

it('a search in the document of a task of another user is answered as one of no task (MUST 15)', async () => {
  const { uploadId } = ports.addUpload('eve');
  const { taskId } = await ports.callAs('eve').task.create({ kind: 'document.ingest', input: { uploadId } });
  const answer = await refusal(alice().document.search({ query: 'x', taskId }));
  expect(answer).toMatchObject({ code: 'NOT_FOUND' });
  expect(await refusal(alice().document.search({ query: 'x', taskId: NOBODYS }))).toEqual(answer);
  expect(ports.documents.searches).toEqual([]);
});

it.each(['x\ud800', 'x\0y'])('a question with a text that cannot be stored is refused: %j', async (query) => {
  const answer = await refusal(alice().document.search({ query }));
  expect(answer).toMatchObject({ taskwireCode: 'INVALID_INPUT', fields: [{ path: 'query' }] });
});
