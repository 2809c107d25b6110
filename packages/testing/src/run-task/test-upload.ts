import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { OpenedUpload } from '@taskwire/worker';
import { uploadMissing, uploadUndeclared, type InProcessRequest } from '@taskwire/worker/in-process';

/** Facts of an upload that a test makes up. */
export interface TestUploadFacts {
  /** `file` if absent. */
  fileName?: string;
  /** `text/plain` if absent. The field's rules are not checked: a server does that before the task is created. */
  mediaType?: string;
}

const uploads = new Map<string, OpenedUpload>();

/**
 * Makes an upload in memory for the input of a task.
 * @returns its id, for a field that is `upload()`.
 * @example runTask(resizeImageHandler, { image: testUpload(bytes, { mediaType: 'image/png' }), widths: [100] })
 */
export function testUpload(content: string | Uint8Array, facts: TestUploadFacts = {}): string {
  const { fileName = 'file', mediaType = 'text/plain' } = facts;
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
  const uploadId = randomUUID();
  uploads.set(uploadId, {
    ...{ uploadId, fileName, mediaType, sizeBytes: bytes.byteLength },
    contentHash: createHash('sha256').update(bytes).digest('hex'),
    stream: () => Readable.from([bytes], { objectMode: false }),
    bytes: async () => bytes.slice(),
    path: () => Promise.reject(new Error('an upload in memory has no path: read its bytes() or its stream()')),
  });
  return uploadId;
}

/** Opens the uploads of a test that a task's input names. */
export const testUploadOpener: InProcessRequest['uploads'] = {
  openerFor: (_ownerId, named) => {
    const ids = new Set(named.map(({ uploadId }) => uploadId.toLowerCase()));
    return {
      open: async (uploadId) => {
        const upload = uploads.get(uploadId.toLowerCase());
        if (!ids.has(uploadId.toLowerCase())) throw uploadUndeclared();
        if (upload === undefined) throw uploadMissing();
        return upload;
      },
      close: () => undefined,
    };
  },
};
