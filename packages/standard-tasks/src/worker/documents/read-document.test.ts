import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_LIMITS } from '@taskwire/documents';
import { collect } from '@taskwire/documents/testing';
import { useTemporaryFolder } from '@taskwire/test-kit/vitest';
import { describe, expect, it } from 'vitest';
import { readDocument } from './read-document.ts';

const folder = useTemporaryFolder('read');

const limits = DEFAULT_LIMITS;

describe('readDocument', () => {
  it('gives the parts of a document', async () => {
    const path = join(folder.path, 'some.txt');
    await writeFile(path, 'some words');
    const { signal } = new AbortController();
    const parts = (await collect(readDocument({ path, mediaType: 'text/plain', limits, signal }))).flat();
    expect(parts.flatMap((part) => part.sections)).toEqual([{ page: 1, text: 'some words' }]);
  });

  it('fails for good when the document is at fault', async () => {
    const path = join(folder.path, 'broken.pdf');
    await writeFile(path, '%PDF-1.7 broken');
    const { signal } = new AbortController();
    const reading = collect(readDocument({ path, mediaType: 'application/pdf', limits, signal }));
    await expect(reading).rejects.toMatchObject({ code: 'DOCUMENT_UNREADABLE', permanent: true });
  });

  it('fails with the reason of the signal, which is not a fault of the document', async () => {
    const reason = new Error('canceled');
    const signal = AbortSignal.abort(reason);
    await expect(collect(readDocument({ path: 'x', mediaType: 'text/plain', limits, signal }))).rejects.toBe(reason);
  });
});
