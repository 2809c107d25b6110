import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { TOO_COMPLEX, type ParsedPart } from '@taskwire/documents';
import { PermanentTaskError } from '../task-error.ts';
import { startThread } from '../threads/thread-entry.ts';
import { NEXT_PART, threadReplySchema, type ThreadData, type ThreadReply } from './thread-messages.ts';

/** Memory (MiB) that one document may take up in JavaScript objects, by default. */
const THREAD_MEMORY_MIB = 512;

/** What to read, who may stop it, and how much memory it may take. */
export interface ParseRequest extends ThreadData {
  signal: AbortSignal;
  memoryMiB?: number;
}

/**
 * Reads a document in a thread of its own, off this thread's event loop. A part is read only when it is asked for; the
 * thread ends with the iteration or when `signal` aborts.
 * @throws PermanentTaskError DOCUMENT_ENCRYPTED, DOCUMENT_UNREADABLE, DOCUMENT_TOO_COMPLEX or MEDIA_TYPE_UNSUPPORTED;
 * the signal's reason; any other Error if the thread itself could not be started.
 */
export async function* parseInThread({ signal, memoryMiB, ...data }: ParseRequest): AsyncGenerator<ParsedPart, void> {
  signal.throwIfAborted();
  const thread = startThread('document-thread', { data, memoryMiB: memoryMiB ?? THREAD_MEMORY_MIB });
  const life = watchLife(thread);
  const stop = () => void thread.terminate();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await nextReply(thread, life, signal);
    for (;;) {
      const part = await nextPart(thread, life, signal);
      if (part === undefined) return;
      yield part;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    await thread.terminate();
  }
}

/** What a thread died of, if it has died: it may do so while nobody waits for an answer. */
interface Life {
  death?: Error;
}

function watchLife(thread: Worker): Life {
  const life: Life = {};
  thread.on('error', (error) => (life.death ??= toError(error)));
  thread.on('exit', () => (life.death ??= new Error('the parsing thread ended without an answer')));
  return life;
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

async function nextPart(thread: Worker, life: Life, signal: AbortSignal): Promise<ParsedPart | undefined> {
  signal.throwIfAborted();
  thread.postMessage(NEXT_PART);
  const reply = await nextReply(thread, life, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new PermanentTaskError(TOO_COMPLEX.code, TOO_COMPLEX.message, { cause: error });
  });
  switch (reply.type) {
    case 'part':
      return reply.part;
    case 'failed':
      throw new PermanentTaskError(reply.code, reply.message, { cause: new Error(reply.detail) });
    case 'ready':
    case 'end':
      return undefined;
    default:
      return reply satisfies never;
  }
}

/** The thread's next message. @throws what the thread died of, or the signal's reason. */
async function nextReply(thread: Worker, life: Life, signal: AbortSignal): Promise<ThreadReply> {
  if (life.death !== undefined) throw life.death;
  const settled = new AbortController();
  try {
    return await Promise.race([
      once(thread, 'message', settled).then(([message]) => threadReplySchema.parse(message)),
      once(thread, 'exit', settled).then(() => {
        signal.throwIfAborted();
        throw life.death ?? new Error('the parsing thread ended without an answer');
      }),
    ]);
  } finally {
    settled.abort();
  }
}
