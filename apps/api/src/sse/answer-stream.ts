import { TaskwireError, parseCursor } from '@taskwire/protocol';
import type { Caller, Ports } from '@taskwire/router';
import type { Request, RequestHandler } from 'express';
import { requireCaller } from '../auth/authenticate.ts';
import type { TokenAuthority } from '../auth/tokens.ts';
import { EventStream } from './event-stream.ts';

/** What every plain event stream needs. */
export interface EventStreamParts {
  ports: Pick<Ports, 'tasks' | 'projects' | 'events'>;
  authority: TokenAuthority;
  heartbeatMs: number;
}

/** Who watches, from where on, and until when. */
export interface Watcher {
  caller: Caller;
  cursor: number | undefined;
  signal: AbortSignal;
}

/** Finds what is to be watched and gives its frames; undefined if there is nothing to come any more. */
export type OpenFrames = (request: Request, watcher: Watcher) => Promise<AsyncIterable<string> | undefined>;

/**
 * A stream that fails within this time (ms) is refused by its status, which stops an EventSource for good; a quiet one is
 * begun after it.
 */
const HEAD_START_MS = 250;

/** The cursor of a watcher: what an EventSource sends when it comes back, else what stands in the address. */
function cursorOf(request: Request): number | undefined {
  const header = request.headers['last-event-id'];
  const given: unknown = header ?? request.query['lastEventId'];
  if (given === undefined || typeof given === 'string') return parseCursor(given);
  throw new TaskwireError('INVALID_INPUT', 'lastEventId: give it once', {
    fields: [{ path: 'lastEventId', message: 'give it once' }],
  });
}

/**
 * Answers with an event stream. What coming back cannot help is answered by its status, as JSON: an EventSource gives up
 * for good at any status but 200. What waiting helps, and whatever comes up later, just ends the stream; so does a
 * permanent failure in the middle of it, which the next try meets at its beginning.
 */
export function answerStream(parts: EventStreamParts, open: OpenFrames): RequestHandler {
  return async (request, response) => {
    const caller = await requireCaller(parts.authority, request.headers.authorization);
    const cursor = cursorOf(request);
    const stream = new EventStream(response, parts.heartbeatMs);
    try {
      const frames = await open(request, { caller, cursor, signal: stream.signal });
      if (frames !== undefined) await sendAll(stream, frames);
      // Stops an EventSource for good.
      else response.status(204).end();
    } catch (error) {
      if (error instanceof TaskwireError && error.passing) return stream.end(error.message);
      if (!stream.begun) throw error;
      request.log.error({ err: error }, 'event stream failed');
      stream.end('the stream failed');
    }
  };
}

async function sendAll(stream: EventStream, frames: AsyncIterable<string>): Promise<void> {
  const beginning = setTimeout(() => stream.begin(), HEAD_START_MS);
  try {
    for await (const frame of frames) await stream.send(frame);
    stream.end();
  } finally {
    clearTimeout(beginning);
  }
}

/** Encodes messages one by one. */
export async function* framesOf<Message>(
  messages: AsyncIterable<Message>,
  encode: (message: Message) => string,
): AsyncGenerator<string, void, undefined> {
  for await (const message of messages) yield encode(message);
}
