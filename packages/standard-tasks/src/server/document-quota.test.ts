import { fileForm } from '@taskwire/server/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { createBacking, startDocumentApi, type Backing, type DocumentApi } from './testing/document-api.ts';

let backing: Backing;
let server: DocumentApi;

beforeAll(async () => {
  backing = await createBacking();
  server = await startDocumentApi(backing, { uploadQuotaBytes: 200_000 });
});
afterAll(async () => {
  await server.stop();
  await backing.close();
});

async function upload(bytes: number) {
  const response = await fetch(`${server.url}/api/v1/uploads`, {
    method: 'POST',
    headers: await server.as('ada'),
    body: fileForm('x'.repeat(bytes), 'a.txt'),
  });
  const answer: unknown = await response.json();
  return { status: response.status, answer };
}

test('deleting a document makes room', async () => {
  const { answer } = await upload(150_000);
  const { uploadId } = z.object({ uploadId: z.string() }).parse(answer);
  const facts = { ownerId: 'ada', fileName: 'a.txt', mediaType: 'text/plain', pages: 1, characters: 1 };
  const { id } = await server.documents.document.create({ data: { ...facts, uploadId } });
  expect((await upload(100_000)).status).toBe(413);
  await (await server.client('ada')).document.delete.mutate({ documentId: id });
  expect((await upload(100_000)).status).toBe(201);
});
