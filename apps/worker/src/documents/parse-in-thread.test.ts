import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { collect, makePdf } from '@taskwire/documents/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseInThread } from './parse-in-thread.ts';
import type { ParsedPart } from '@taskwire/documents';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taskwire-parse-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function saved(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const { signal } = new AbortController();

describe('parseInThread', () => {
  it('reads a document in a thread, part by part', async () => {
    const path = await saved('three.pdf', await makePdf([1, 2, 3].map((page) => [{ text: `text ${page}`, size: 10 }])));
    const parts = await collect(parseInThread({ path, mediaType: 'application/pdf', signal }));
    expect(parts.flatMap((part) => part.sections).map(({ page, text }) => [page, text])).toEqual([
      [1, 'text 1'],
      [2, 'text 2'],
      [3, 'text 3'],
    ]);
  });

  it('passes on why a document is refused', async () => {
    const path = await saved('broken.pdf', '%PDF-1.7 broken');
    await expect(collect(parseInThread({ path, mediaType: 'application/pdf', signal }))).rejects.toMatchObject({
      code: 'DOCUMENT_UNREADABLE',
      permanent: true,
    });
  });

  it('refuses a media type that it has no parser for', async () => {
    const path = await saved('image', 'x');
    await expect(collect(parseInThread({ path, mediaType: 'image/png', signal }))).rejects.toMatchObject({
      code: 'MEDIA_TYPE_UNSUPPORTED',
      permanent: true,
    });
  });

  it('survives a document that takes more memory than allowed: the task fails for good, not the process', async () => {
    const path = await saved('deep.md', '- a\n'.repeat(200_000));
    await expect(
      collect(parseInThread({ path, mediaType: 'text/markdown', signal, memoryMiB: 32 })),
    ).rejects.toMatchObject({ code: 'DOCUMENT_TOO_COMPLEX', permanent: true });
  });

  it('ends with the reason of the signal in the middle of a part, which is never given', async () => {
    const path = await saved('long.md', 'word '.repeat(400_000));
    const controller = new AbortController();
    const reason = new Error('canceled');
    const post = vi.spyOn(Worker.prototype, 'postMessage').mockImplementationOnce(function (this: Worker, message) {
      this.postMessage(message);
      setImmediate(() => controller.abort(reason));
    });
    const parts: ParsedPart[] = [];
    const reading = (async () => {
      for await (const part of parseInThread({ path, mediaType: 'text/markdown', signal: controller.signal }))
        parts.push(part);
    })();
    await expect(reading).rejects.toBe(reason);
    expect(parts).toEqual([]);
    post.mockRestore();
  });

  it('starts nothing when the signal has aborted already', async () => {
    const reason = new Error('canceled');
    const reading = collect(parseInThread({ path: 'x', mediaType: 'text/plain', signal: AbortSignal.abort(reason) }));
    await expect(reading).rejects.toBe(reason);
  });
});
