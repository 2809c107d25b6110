import { checkInput, upload } from '@taskwire/tasks';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { MemoryPorts } from '../../testing/test-ports.ts';
import { checkReferences } from './check-uploads.ts';

const caller = { userId: 'ada' };
const schema = z.object({
  pages: z.array(z.object({ image: upload({ accept: ['image/*'], maxBytes: 1_000 }) })).default([]),
  notes: upload().optional(),
});

function portsWith(...uploads: { ownerId?: string; mediaType?: string; sizeBytes?: number }[]) {
  const ports = new MemoryPorts();
  const ids = uploads.map(({ ownerId = 'ada', ...facts }) => {
    const stored = { ...ports.addUpload(ownerId), ...facts };
    ports.storedUploads.set(stored.uploadId, stored);
    return stored.uploadId;
  });
  return { ports, ids };
}

async function check(ports: MemoryPorts, input: z.input<typeof schema>): Promise<unknown> {
  const checked = checkInput(schema, input);
  if (!checked.success) throw checked.error;
  return checkReferences(ports, caller, checked.uploads).catch((error: unknown) => error);
}

describe('the uploads of a request', () => {
  it('pass if they are the caller’s and the fields accept them', async () => {
    const { ports, ids } = portsWith(
      { mediaType: 'image/png', sizeBytes: 1_000 },
      { mediaType: 'text/plain', sizeBytes: 9_999 },
    );
    const [image = '', notes = ''] = ids;
    expect(await check(ports, { pages: [{ image }, { image }], notes })).toEqual([image, notes]);
    expect(await check(ports, {})).toEqual([]);
  });

  it.each([
    [
      'belongs to somebody else',
      { ownerId: 'eve', mediaType: 'image/png' },
      'there is no such upload among yours; upload the file first: POST /api/v1/uploads',
    ],
    [
      'is of another type',
      { mediaType: 'text/html' },
      'the upload is text/html; give the id of an upload of type image/*',
    ],
    [
      'is of a type whose name only begins alike',
      { mediaType: 'imagex/png' },
      'the upload is imagex/png; give the id of an upload of type image/*',
    ],
    [
      'is too large',
      { mediaType: 'image/png', sizeBytes: 1_001 },
      'the upload has 1001 bytes; give the id of an upload of at most 1000 bytes',
    ],
  ])('are refused, with field and remedy, if one %s', async (_what, facts, message) => {
    const { ports, ids } = portsWith({ mediaType: 'image/png' }, facts);
    const [good = '', bad = ''] = ids;
    expect(await check(ports, { pages: [{ image: good }, { image: bad }] })).toMatchObject({
      code: 'INVALID_INPUT',
      message: `input.pages.1.image: ${message}`,
      fields: [{ path: 'input.pages.1.image', message }],
    });
  });

  it('are refused, each named, if one does not exist and one is foreign, with the same answer', async () => {
    const { ports, ids } = portsWith({ ownerId: 'eve' });
    const [foreign = ''] = ids;
    const message = expect.stringMatching(/^there is no such upload among yours/);
    const answer = await check(ports, { notes: foreign, pages: [{ image: '7f6f7d8e-3e5a-4b0c-9d1e-2f3a4b5c6d7e' }] });
    expect(answer).toMatchObject({
      fields: [
        { path: 'input.pages.0.image', message },
        { path: 'input.notes', message },
      ],
    });
  });

  it('are refused if there are more than a hundred, before any is looked up', async () => {
    const { ports, ids } = portsWith(...Array.from({ length: 101 }, () => ({ mediaType: 'image/png' })));
    const looked: string[] = [];
    const find = ports.uploads.find.bind(ports.uploads);
    ports.uploads.find = (id) => {
      looked.push(id);
      return find(id);
    };
    const answer = await check(ports, { pages: ids.map((image) => ({ image })) });
    expect(answer).toMatchObject({ code: 'INVALID_INPUT', message: 'input: names 101 uploads; name at most 100' });
    expect(looked).toEqual([]);
    expect(await check(ports, { pages: ids.slice(1).map((image) => ({ image })) })).toEqual(ids.slice(1));
  });
});
