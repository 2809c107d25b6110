import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { fileForm } from '../testing/form.ts';
import { createBacking, startTestServer, type Backing, type TestServer } from '../testing/test-server.ts';

const QUOTA_BYTES = 200_000;

let backing: Backing;
let server: TestServer;

beforeAll(async () => {
  backing = await createBacking();
  server = await startTestServer(backing, { environment: { uploadQuotaBytes: QUOTA_BYTES } });
});
beforeEach(async () => {
  await server.database.upload.deleteMany();
});
afterAll(async () => {
  await server.stop();
  await backing.close();
});

async function upload(bytes: number, user = 'ada') {
  const response = await fetch(`${server.url}/api/v1/uploads`, {
    method: 'POST',
    headers: await server.as(user),
    body: fileForm('x'.repeat(bytes), 'a.txt'),
  });
  const answer: unknown = await response.json();
  return { status: response.status, answer };
}

test('a user stores no more than the quota in all; the refusal names the remedy, and others are not concerned', async () => {
  expect((await upload(150_000)).status).toBe(201);
  const { status, answer } = await upload(50_001);
  expect(status).toBe(413);
  expect(answer).toMatchObject({
    error: {
      code: 'PAYLOAD_TOO_LARGE',
      message: expect.stringMatching(/1 of 1 MiB: delete ended tasks \(task.delete\)/),
      fields: [{ path: 'file' }],
    },
  });
  expect((await upload(50_000)).status).toBe(201);
  expect((await upload(150_000, 'eve')).status).toBe(201);
});

test('many uploads at once do not take the same room', async () => {
  const answers = await Promise.all(Array.from({ length: 6 }, () => upload(60_000)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
  const { _sum } = await server.database.upload.aggregate({ _sum: { sizeBytes: true } });
  expect(_sum.sizeBytes).toBe(180_000);
  const rows = await server.database.upload.findMany({ select: { id: true } });
  const files = await readdir(backing.uploadDirectory);
  expect(files.filter((name) => name.endsWith('.partial'))).toEqual([]);
  for (const { id } of rows) expect(files).toContain(id);
});

test('deleting an upload makes room', async () => {
  const { answer } = await upload(150_000);
  const { uploadId } = z.object({ uploadId: z.string() }).parse(answer);
  expect((await upload(100_000)).status).toBe(413);
  await server.database.upload.delete({ where: { id: uploadId } });
  expect((await upload(100_000)).status).toBe(201);
});
