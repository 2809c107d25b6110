import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { eventually } from '@taskwire/test-kit/vitest';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { fileForm } from '../testing/form.ts';
import { createBacking, startTestServer, type Backing, type TestServer } from '../testing/test-server.ts';

let backing: Backing;
let server: TestServer;
let limit: number;

beforeAll(async () => {
  backing = await createBacking();
  server = await startTestServer(backing);
  limit = server.environment.maxUploadBytes;
});
afterAll(async () => {
  await server.stop();
  await backing.close();
});

/** Rows and files as they were before a test, to tell what it left. */
let before: { rows: number; files: string[] };
const state = async () => ({
  rows: await server.database.upload.count(),
  files: (await readdir(backing.uploadDirectory)).toSorted(),
});
beforeEach(async () => {
  before = await state();
});

async function upload(body: FormData | string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.url}/api/v1/uploads`, {
    method: 'POST',
    body,
    headers: { ...(await server.as('ada')), ...headers },
  });
  const answer: unknown = await response.json();
  return { status: response.status, answer };
}

function refused(code: string, message: RegExp) {
  return { error: { code, message: expect.stringMatching(message), fields: [{ path: 'file' }] } };
}

const BOUNDARY = 'the-boundary';
const MULTIPART = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
const partHeader = (name = 'file', fileName = 'a.txt') =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"; filename="${fileName}"\r\n\r\n`;

test('a file is stored under its id, and the answer names the type of its bytes', async () => {
  const { status, answer } = await upload(fileForm('# Grüße', '../Ünter/notes.md'));
  expect(status).toBe(201);
  expect(answer).toEqual({
    uploadId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    fileName: 'notes.md',
    mediaType: 'text/markdown',
    sizeBytes: 9,
  });
  const row = await server.database.upload.findFirstOrThrow({ where: { fileName: 'notes.md' } });
  const contentHash = createHash('sha256').update('# Grüße').digest('hex');
  expect(row).toMatchObject({ ownerId: 'ada', mediaType: 'text/markdown', sizeBytes: 9, contentHash });
  expect(await readFile(join(backing.uploadDirectory, row.id), 'utf8')).toBe('# Grüße');
  expect((await state()).files).toHaveLength(before.files.length + 1);
});

test('the owner of an upload can have it ingested', async () => {
  const ada = await server.client('ada');
  await upload(fileForm('words', 'mine.txt'));
  const { id } = await server.database.upload.findFirstOrThrow({ where: { fileName: 'mine.txt' } });
  const task = await ada.task.create.mutate({ kind: 'document.ingest', input: { uploadId: id } });
  expect(task).toMatchObject({ status: 'queued', input: { uploadId: id, chunkSize: 1_200 } });
  const used = { taskId: task.taskId, uploadId: id };
  expect(await server.database.taskUpload.findMany({ where: { uploadId: id } })).toEqual([used]);
});

test('a file as large as the limit is taken, one byte more is not', async () => {
  expect((await upload(fileForm('x'.repeat(limit), 'full.txt'))).status).toBe(201);
  before = await state();
  const { status, answer } = await upload(fileForm('x'.repeat(limit + 1), 'over.txt'));
  expect(status).toBe(413);
  expect(answer).toMatchObject(refused('PAYLOAD_TOO_LARGE', new RegExp(`${limit} bytes`)));
  expect(await state()).toEqual(before);
});

test('a form that says itself to be too large is refused before any of it is read', async () => {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  const { authorization } = await server.as('ada');
  const head = ['POST /api/v1/uploads HTTP/1.1', 'Host: localhost', `Authorization: ${authorization}`];
  socket.write(
    [...head, `Content-Type: ${MULTIPART['content-type']}`, 'Content-Length: 99999999999', '', ''].join('\r\n'),
  );
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
  await eventually(() => expect(answer).toMatch(/^HTTP\/1.1 413 [^]*PAYLOAD_TOO_LARGE/));
  socket.destroy();
});

test('a sender that looks at the answer only when it has sent everything still sees it', async () => {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  const { authorization } = await server.as('ada');
  const body = 'x'.repeat(16 * limit);
  const head = ['POST /api/v1/uploads HTTP/1.1', 'Host: localhost', `Authorization: ${authorization}`];
  const length = `Content-Length: ${body.length}`;
  socket.pause();
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.write([...head, `Content-Type: ${MULTIPART['content-type']}`, length, '', body].join('\r\n'), () =>
      resolve(),
    );
  });
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
  await once(socket.resume(), 'end');
  expect(answer).toMatch(/^HTTP\/1.1 413 [^]*PAYLOAD_TOO_LARGE/);
});

test('an endless upload is cut off at the limit, and its sender sees why', async () => {
  const headers = { ...(await server.as('ada')), ...MULTIPART };
  const answer = await new Promise<{ status: number | undefined; body: string; closed: Promise<void> }>(
    (resolve, reject) => {
      const request = httpRequest(`${server.url}/api/v1/uploads`, { method: 'POST', headers });
      let going = true;
      const closed = new Promise<void>((close) => request.once('close', close));
      const pump = () => {
        while (going && request.write('x'.repeat(64 * 1024)));
      };
      request.on('drain', pump).on('response', (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => {
          body += text;
          if (body.endsWith('}}')) resolve({ status: response.statusCode, body, closed });
        });
        // The server ends the connection under a sender that never stops.
        response.on('error', () => (going = false));
      });
      request.on('error', (error) => {
        going = false;
        reject(error);
      });
      request.write(partHeader());
      pump();
    },
  );
  expect(answer.status).toBe(413);
  expect(JSON.parse(answer.body)).toMatchObject(refused('PAYLOAD_TOO_LARGE', /larger than/));
  await answer.closed;
  expect(await state()).toEqual(before);
});

test('a client that goes away in the middle leaves nothing behind', async () => {
  const headers = { ...(await server.as('ada')), ...MULTIPART };
  const request = httpRequest(`${server.url}/api/v1/uploads`, { method: 'POST', headers });
  request.on('error', () => undefined);
  request.write(partHeader() + 'x'.repeat(200_000));
  const partials = async () => (await readdir(backing.uploadDirectory)).filter((name) => name.endsWith('.partial'));
  await eventually(async () => expect(await partials()).toHaveLength(1));
  request.destroy();
  await eventually(async () => expect(await state()).toEqual(before));
  await eventually(() => expect(server.logs()).toContain('upload aborted by the client'));
});

test.each([
  [
    'a picture',
    Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]),
    /image\/a?png/,
  ],
  ['a program', Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0]), /application\/x-elf/],
])('%s that calls itself a PDF is refused, naming what it is and what is accepted', async (_what, bytes, named) => {
  const { status, answer } = await upload(fileForm(bytes, 'report.pdf'));
  expect(status).toBe(415);
  expect(answer).toMatchObject(refused('UNSUPPORTED_MEDIA_TYPE', named));
  expect(answer).toMatchObject(refused('UNSUPPORTED_MEDIA_TYPE', /accepted are \.pdf, \.docx, .*\.txt$/));
  expect(await state()).toEqual(before);
});

const twoFiles = fileForm('a', 'a.txt');
twoFiles.append('file', new File(['b'], 'b.txt'));
const withField = fileForm('a', 'a.txt');
withField.append('comment', 'hello');

test.each<[string, FormData | string, Record<string, string>]>([
  ['an empty file', fileForm('', 'empty.txt'), {}],
  ['a form without a part', new FormData(), {}],
  ['a part of another name', fileForm('x', 'x.txt', 'document'), {}],
  ['two files', twoFiles, {}],
  ['a file and a field', withField, {}],
  ['JSON', '{}', { 'content-type': 'application/json' }],
  ['an ordinary form', 'file=x', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['multipart without a boundary', 'x', { 'content-type': 'multipart/form-data' }],
  ['a form that is cut off', `${partHeader()}x`, MULTIPART],
  ['a form with a broken part header', `--${BOUNDARY}\r\n\u0001: x\r\n\r\nx\r\n--${BOUNDARY}--`, MULTIPART],
])('%s is refused, naming the part to send, and leaves nothing behind', async (_what, body, headers) => {
  const { status, answer } = await upload(body, headers);
  expect(answer).toMatchObject(refused('INVALID_INPUT', /^file: /));
  expect(status).toBe(400);
  expect(await state()).toEqual(before);
});

test('a file whose row cannot be written does not stay', async () => {
  await server.database.$executeRaw`ALTER TABLE "Upload" RENAME TO "UploadAway"`;
  try {
    const { status, answer } = await upload(fileForm('words', 'words.txt'));
    expect(status).toBe(500);
    expect(answer).toEqual({ error: { code: 'INTERNAL', message: 'something went wrong on the server', fields: [] } });
  } finally {
    await server.database.$executeRaw`ALTER TABLE "UploadAway" RENAME TO "Upload"`;
  }
  expect(await state()).toEqual(before);
  expect(server.logs()).toContain('request failed');
});

test('many uploads at once each keep their own bytes', async () => {
  const texts = Array.from({ length: 8 }, (_each, index) => `${index}`.repeat(100_000));
  const answers = await Promise.all(texts.map((text, index) => upload(fileForm(text, `many-${index}.txt`))));
  expect(answers.map(({ status }) => status)).toEqual(texts.map(() => 201));
  for (const [index, text] of texts.entries()) {
    const { id } = await server.database.upload.findFirstOrThrow({ where: { fileName: `many-${index}.txt` } });
    expect(await readFile(join(backing.uploadDirectory, id), 'utf8')).toBe(text);
  }
});
