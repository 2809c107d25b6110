import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { StartError } from '@taskwire/server';
import { fileForm } from '@taskwire/server/testing';
import { createTestS3, TcpProxy, type TestS3 } from '@taskwire/test-kit';
import { eventually } from '@taskwire/test-kit/vitest';
import { createUploadStorage, type UploadStorageSettings } from '@taskwire/uploads';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { createBacking, startDocumentApi, type Backing, type DocumentApi } from './testing/document-api.ts';

const SECRET = 'hunter2-of-the-storage';

let backing: Backing;
let s3: TestS3;
let proxy: TcpProxy;
let server: DocumentApi;

beforeAll(async () => {
  [backing, s3] = await Promise.all([createBacking(), createTestS3()]);
  vi.stubEnv('AWS_ACCESS_KEY_ID', s3.credentials.AWS_ACCESS_KEY_ID);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', SECRET);
  proxy = await TcpProxy.openBefore(s3.endpoint);
  server = await startDocumentApi(backing, { uploads: bucket(), maxUploadBytes: 64 * 1_024 * 1_024 });
});
afterEach(() => proxy.restore());
afterAll(async () => {
  await server.stop();
  vi.unstubAllEnvs();
  await proxy.close();
  await Promise.all([s3.stop(), backing.close()]);
});

function bucket(name = s3.bucket): UploadStorageSettings {
  const endpoint = `http://127.0.0.1:${proxy.port}`;
  const facts = { bucket: name, endpoint, region: 'us-east-1', prefix: 'api/', forcePathStyle: true };
  return { type: 's3', ...facts, localBytes: 1_000_000 };
}

async function upload(content: string, fileName = 'a.txt') {
  const response = await fetch(`${server.url}/api/v1/uploads`, {
    method: 'POST',
    headers: await server.as('ada'),
    body: fileForm(content, fileName),
  });
  const answer: unknown = await response.json();
  return { status: response.status, retryAfter: response.headers.get('retry-after'), answer };
}

const uploadIdIn = (answer: unknown): string => z.object({ uploadId: z.string() }).parse(answer).uploadId;

async function addDocument(content: string): Promise<string> {
  const uploadId = uploadIdIn((await upload(content, 'words.txt')).answer);
  const file = { ownerId: 'ada', fileName: 'words.txt', mediaType: 'text/plain', uploadId };
  const { id } = await server.documents.document.create({ data: { ...file, pages: 1, characters: 1, warnings: [] } });
  return `${server.url}/api/v1/documents/${id}/file`;
}

test('an upload lies in the bucket, and its owner gets it, whole or in part', async () => {
  const url = await addDocument('0123456789');
  const headers = await server.as('ada');
  const whole = await fetch(url, { headers });
  expect([whole.status, await whole.text()]).toEqual([200, '0123456789']);
  const part = await fetch(url, { headers: { ...headers, range: 'bytes=2-4' } });
  expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, '234', 'bytes 2-4/10']);
  const known = await fetch(url, { headers: { ...headers, 'if-none-match': whole.headers.get('etag') ?? '' } });
  expect(known.status).toBe(304);
  const behind = await fetch(url, { headers: { ...headers, range: 'bytes=10-' } });
  expect([behind.status, behind.headers.get('content-range')]).toEqual([416, 'bytes */10']);
  const head = await fetch(url, { method: 'HEAD', headers });
  expect([head.status, head.headers.get('content-length')]).toEqual([200, '10']);
  const changed = await fetch(url, { headers: { ...headers, range: 'bytes=2-4', 'if-range': '"another"' } });
  expect([changed.status, await changed.text()]).toEqual([200, '0123456789']);
});

describe('while the storage is away', () => {
  test('an upload is refused for now and leaves nothing; it is taken once the storage is back', async () => {
    const before = await server.database.upload.count();
    proxy.refuse();
    const { status, retryAfter, answer } = await upload('words');
    expect(status).toBe(503);
    expect(retryAfter).not.toBeNull();
    expect(answer).toEqual({
      error: {
        code: 'SERVICE_UNAVAILABLE',
        message: 'the storage of uploads cannot be reached now: try again in a moment',
        fields: [],
      },
    });
    expect(await server.database.upload.count()).toBe(before);
    proxy.restore();
    expect((await upload('words')).status).toBe(201);
  });

  test('in the middle of a transfer, an upload is refused, and no part of it appears', async () => {
    const before = await server.database.upload.count();
    const stalled = proxy.stall();
    const sending = upload('z'.repeat(30 * 1_024 * 1_024));
    await eventually(() => expect(proxy.connections).toBeGreaterThan(0));
    proxy.refuse();
    stalled();
    expect((await sending).status).toBe(503);
    proxy.restore();
    expect(await server.database.upload.count()).toBe(before);
    const storage = await createUploadStorage(bucket());
    const found: string[] = [];
    for await (const page of storage.list('', 100)) found.push(...page.map(({ name }) => name));
    await storage.close();
    const rows = await server.database.upload.findMany({ select: { id: true } });
    expect(found.sort()).toEqual(rows.map(({ id }) => id).sort());
  });

  test('a file is refused for now, and a download that has begun is cut off', async () => {
    const url = await addDocument('w'.repeat(30 * 1_024 * 1_024));
    const headers = await server.as('ada');
    const download = httpRequest(url, { headers }).end();
    const cutOff = new Promise<string>((resolve, reject) => {
      download.on('error', reject).on('response', (response) => {
        response.once('data', () => {
          response.pause();
          proxy.refuse();
          response.resume();
        });
        response.once('aborted', () => resolve('aborted')).once('end', () => resolve('ended'));
        response.on('error', () => undefined);
      });
    });
    expect(await cutOff).toBe('aborted');
    const refused = await fetch(url, { headers });
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ error: { code: 'SERVICE_UNAVAILABLE' } });
    expect(refused.headers.get('content-disposition')).toBeNull();
    proxy.restore();
    expect((await (await fetch(url, { headers })).arrayBuffer()).byteLength).toBe(30 * 1_024 * 1_024);
  });

  test('a document is deleted all the same', async () => {
    const url = await addDocument('to be deleted');
    const documentId = url.split('/').at(-2) ?? '';
    proxy.refuse();
    await (await server.client('ada')).document.delete.mutate({ documentId });
    expect(await server.documents.document.count({ where: { id: documentId } })).toBe(0);
  });

  test('the server starts, and says what is refused; its log shows no secret', async () => {
    proxy.refuse();
    const other = await startDocumentApi(backing, { uploads: bucket() });
    expect(other.logs()).toContain('uploads are refused until their storage is back');
    expect(other.logs() + server.logs()).not.toContain(SECRET);
    await other.stop();
  });
});

test('the server does not start with a storage that refuses; one line names the remedy', async () => {
  const failure: unknown = await startDocumentApi(backing, { uploads: bucket('nowhere') }).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(StartError);
  expect(failure).toMatchObject({
    message: expect.stringMatching(/^UPLOAD_S3_BUCKET: there is no such bucket: create it.*$/),
  });
});

test('a storage that begins to refuse is an outage to callers, with its remedy in the log', async () => {
  const body = '<Error><Code>InvalidAccessKeyId</Code><Message>unknown</Message></Error>';
  const head = `HTTP/1.1 403 Forbidden\r\nContent-Type: application/xml\r\nContent-Length: ${body.length}`;
  proxy.answer(`${head}\r\nConnection: close\r\n\r\n${body}`);
  const { status, answer } = await upload(`words ${randomUUID()}`);
  expect([status, JSON.stringify(answer)]).toEqual([503, expect.not.stringContaining('AWS')]);
  expect(server.logs()).toMatch(
    /request refused for now[^]*AWS_ACCESS_KEY_ID|AWS_ACCESS_KEY_ID[^]*request refused for now/,
  );
});

test('what was stored is text again', async () => {
  const storage = await createUploadStorage(bucket());
  const id = uploadIdIn((await upload('Grüße')).answer);
  expect(await text(storage.read(id))).toBe('Grüße');
  await storage.close();
});
