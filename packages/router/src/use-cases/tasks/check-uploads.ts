import { TaskwireError } from '@taskwire/protocol';
import { acceptsMediaType, type UploadReference } from '@taskwire/tasks';
import type { Caller, Ports } from '../../context.ts';
import type { StoredUpload } from '../../ports/upload-store.ts';

/** Largest number of uploads that one request may name: each costs a look into the database. */
const MOST_UPLOADS = 100;

/** Fault of an upload in its place, and the remedy. */
interface Fault {
  problem: string;
  remedy: string;
}

/**
 * Checks every upload that a request names, wherever it stands in the input: its owner, its media type and its size.
 * @returns the ids of these uploads, each once.
 * @throws TaskwireError INVALID_INPUT, naming each refused field with its remedy.
 */
export async function checkUploads(
  ports: Ports,
  caller: Caller,
  request: { kind: string; input: unknown },
): Promise<string[]> {
  return checkReferences(ports, caller, ports.catalog.uploadsOf(request));
}

/** The same for the uploads that were found in an input. */
export async function checkReferences(
  ports: Pick<Ports, 'uploads'>,
  caller: Caller,
  references: readonly UploadReference[],
): Promise<string[]> {
  const ids = new Set(references.map(({ uploadId }) => uploadId));
  if (ids.size > MOST_UPLOADS) {
    throw refusal([{ path: 'input', problem: `names ${ids.size} uploads`, remedy: `name at most ${MOST_UPLOADS}` }]);
  }
  const uploads = new Map<string, StoredUpload | undefined>();
  for (const uploadId of ids) uploads.set(uploadId, await ports.uploads.find(uploadId));
  const faults = references.flatMap((reference) => {
    const fault = faultOf(reference, caller, uploads.get(reference.uploadId));
    return fault === undefined ? [] : [{ path: reference.path, ...fault }];
  });
  if (faults.length > 0) throw refusal(faults);
  // An id may be spelled in two ways: the one of its row is the one to keep.
  return [...new Set([...uploads.values()].flatMap((upload) => upload?.uploadId ?? []))];
}

/** A foreign upload is answered exactly as one that does not exist (MUST 15). */
function faultOf({ rules }: UploadReference, caller: Caller, upload: StoredUpload | undefined): Fault | undefined {
  if (upload === undefined || upload.ownerId !== caller.userId) {
    return { problem: 'there is no such upload among yours', remedy: 'upload the file first: POST /api/v1/uploads' };
  }
  if (!acceptsMediaType(rules, upload.mediaType)) {
    const accepted = rules.accept?.join(', ') ?? '';
    return { problem: `the upload is ${upload.mediaType}`, remedy: `give the id of an upload of type ${accepted}` };
  }
  const { maxBytes = Infinity } = rules;
  if (upload.sizeBytes <= maxBytes) return undefined;
  return {
    problem: `the upload has ${upload.sizeBytes} bytes`,
    remedy: `give the id of an upload of at most ${maxBytes} bytes`,
  };
}

function refusal(faults: readonly (Fault & { path: string })[]): TaskwireError {
  const message = faults.map(({ path, problem, remedy }) => `${path}: ${problem}; ${remedy}`).join('; ');
  const fields = faults.map(({ path, problem, remedy }) => ({ path, message: `${problem}; ${remedy}` }));
  return new TaskwireError('INVALID_INPUT', message, { fields });
}
