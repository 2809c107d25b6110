// The entry point of a parsing thread: reads one document, part by part, as parts are asked for.
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { describeReadingFailure, DocumentError, parserOf, type ParsedPart } from '@taskwire/documents';
import { threadDataSchema, type ThreadReply } from './documents/thread-messages.ts';

async function* parts(): AsyncGenerator<ParsedPart, void> {
  const { path, mediaType } = threadDataSchema.parse(workerData);
  const parse = parserOf(mediaType);
  if (parse === undefined) {
    throw new DocumentError(
      'MEDIA_TYPE_UNSUPPORTED',
      `documents of type ${mediaType} cannot be read: upload PDF, Markdown, HTML or plain text`,
    );
  }
  const file = await readFile(path);
  // pdf.js takes the memory over, so it must not be a pooled Buffer.
  yield* parse(new Uint8Array(file.buffer, file.byteOffset, file.byteLength));
}

async function nextReply(document: AsyncGenerator<ParsedPart, void>): Promise<ThreadReply> {
  try {
    const next = await document.next();
    return next.done === true ? { type: 'end' } : { type: 'part', part: next.value };
  } catch (error) {
    return { type: 'failed', ...describeReadingFailure(error) };
  }
}

function serve(port: NonNullable<typeof parentPort>): void {
  const document = parts();
  port.on('message', () => {
    nextReply(document).then(
      (reply) => port.postMessage(reply),
      (error: unknown) => {
        throw error;
      },
    );
  });
  port.postMessage({ type: 'ready' } satisfies ThreadReply);
}

if (parentPort !== null) serve(parentPort);
