import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Transform, type Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { TaskwireError } from '@taskwire/protocol';
import busboy, { type Busboy } from 'busboy';
import { UploadAbortedError, badForm, isSystemError, storageError, tooLarge } from './upload-errors.ts';

/** A part of a form, stored. */
export interface ReceivedPart {
  claimedName: string | undefined;
  sizeBytes: number;
  /** SHA-256 of the bytes, in hex. */
  contentHash: string;
}

const WHAT_TO_SEND = 'send multipart/form-data with one part named "file"';

function createParser(request: IncomingMessage, maxBytes: number): Busboy {
  try {
    const limits = { fileSize: maxBytes + 1, fieldSize: 0, headerPairs: 20 };
    return busboy({ headers: request.headers, limits, defParamCharset: 'utf8' });
  } catch (cause) {
    throw badForm(WHAT_TO_SEND, cause);
  }
}

/** Writes a part to a file. After an error, nothing writes to the file any more. */
async function store(part: Readable, file: Writable): Promise<Omit<ReceivedPart, 'claimedName'>> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      sizeBytes += chunk.byteLength;
      done(null, chunk);
    },
  });
  try {
    await pipeline(part, hashing, file);
    return { sizeBytes, contentHash: hash.digest('hex') };
  } catch (error) {
    if (!file.closed) await once(file, 'close');
    // A failed file ends the part with the same error, which is not the sender's fault.
    throw part.errored === null || isSystemError(error) ? storageError(error) : cutOff(part.errored);
  }
}

function cutOff(cause: unknown): TaskwireError {
  return badForm('is cut off: send the whole form', cause);
}

/**
 * Reads a form of one file and writes its bytes to what `openFile` opens. The rest of a refused form is not read.
 * @throws TaskwireError INVALID_INPUT or PAYLOAD_TOO_LARGE; UploadAbortedError; the error of writing the file.
 */
export async function receivePart(
  request: IncomingMessage,
  { maxBytes, openFile }: { maxBytes: number; openFile: () => Writable },
): Promise<ReceivedPart> {
  // It would never end: the app around the server has a parser of forms in front.
  if (request.readableEnded) throw new Error('the form has been read already: mount Taskwire before parsers of forms');
  // It says no more that it closes.
  if (request.destroyed) throw new UploadAbortedError();
  const parser = createParser(request, maxBytes);
  let part: Promise<ReceivedPart> | undefined;
  let refusal: Error | undefined;
  return new Promise((resolve, reject) => {
    const refuse = (error: Error) => {
      if (refusal !== undefined) return;
      refusal = error;
      request.unpipe(parser);
      // The parser must not be destroyed inside its own callbacks.
      queueMicrotask(() => parser.destroy(error));
      // The caller may remove the file only after the last write.
      void Promise.allSettled([part]).then(() => reject(error));
    };
    parser.on('file', (name, stream, { filename }) => {
      stream.on('error', () => undefined);
      if (name !== 'file' || part !== undefined) refuse(badForm(WHAT_TO_SEND));
      if (refusal !== undefined) return;
      stream.once('limit', () => refuse(tooLarge(maxBytes)));
      part = store(stream, openFile()).then((stored) => ({ claimedName: filename, ...stored }));
      part.catch(refuse);
    });
    parser.on('field', () => refuse(badForm(WHAT_TO_SEND)));
    parser.on('error', (error) => refuse(cutOff(error)));
    parser.on('close', () => {
      if (part === undefined) refuse(badForm(WHAT_TO_SEND));
      else if (refusal === undefined) resolve(part);
    });
    request.once('close', () => {
      // Bytes that have arrived, but were not read yet, go with the connection.
      if (!request.readableEnded) refuse(new UploadAbortedError());
    });
    request.pipe(parser);
  });
}
