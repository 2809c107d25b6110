import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBacking, startDocumentApi, type Backing, type DocumentApi } from './testing/document-api.ts';

let backing: Backing;
let server: DocumentApi;

beforeAll(async () => {
  backing = await createBacking();
  server = await startDocumentApi(backing);
});
afterAll(async () => {
  await server.stop();
  await backing.close();
});

async function addDocument(fileName: string, mediaType: string, content: string) {
  const id = randomUUID();
  const file = { ownerId: 'ada', fileName, mediaType };
  await server.database.upload.create({ data: { id, ...file, sizeBytes: content.length } });
  await writeFile(join(backing.uploadDirectory, id), content);
  const document = await server.documents.document.create({
    data: { ...file, uploadId: id, pages: 1, characters: 1, warnings: [] },
  });
  return { documentId: document.id, uploadId: id };
}

async function get(documentId: string, headers: Record<string, string> = {}, user = 'ada') {
  const url = `${server.url}/api/v1/documents/${documentId}/file`;
  return fetch(url, { headers: { ...(await server.as(user)), ...headers } });
}

test("the owner gets the uploaded bytes under the file's name, and a browser runs no script in them", async () => {
  const { documentId } = await addDocument('Größe (1)*.html', 'text/html', '<script>alert(1)</script>');
  const response = await get(documentId);
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('<script>alert(1)</script>');
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/html',
    'content-disposition': "inline; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%281%29%2A.html",
    'content-security-policy': expect.stringMatching(/^sandbox; default-src 'none'/),
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
});

test('a part of the file is given, and a part behind its end is refused', async () => {
  const { documentId } = await addDocument('a.txt', 'text/plain', '0123456789');
  const part = await get(documentId, { range: 'bytes=2-4' });
  expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, '234', 'bytes 2-4/10']);
  const behind = await get(documentId, { range: 'bytes=20-30' });
  expect([behind.status, behind.headers.get('content-range')]).toEqual([416, 'bytes */10']);
});

test('a file that has changed since the caller saw it is not given', async () => {
  const { documentId } = await addDocument('a.txt', 'text/plain', '0123456789');
  expect((await get(documentId, { 'if-match': '"another"' })).status).toBe(412);
});

test('a foreign document, a missing document and an invalid id get the same answer', async () => {
  const { documentId } = await addDocument('a.txt', 'text/plain', 'secret');
  const answers = await Promise.all(
    [documentId, randomUUID(), '..%2F..%2Fetc%2Fpasswd'].map(async (id) => {
      const response = await get(id, {}, 'eve');
      return [response.status, await response.text()];
    }),
  );
  expect(answers[0]).toEqual([404, expect.stringContaining('there is no such document among yours')]);
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
});

test('a call without a token is refused', async () => {
  const { documentId } = await addDocument('a.txt', 'text/plain', 'secret');
  expect((await fetch(`${server.url}/api/v1/documents/${documentId}/file`)).status).toBe(401);
});

test('a file that is gone is said to be gone, with the remedy', async () => {
  const { documentId, uploadId } = await addDocument('a.txt', 'text/plain', 'words');
  await rm(join(backing.uploadDirectory, uploadId));
  const response = await get(documentId);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining('document.replace') } });
  expect(response.headers.get('content-disposition')).toBeNull();
});
