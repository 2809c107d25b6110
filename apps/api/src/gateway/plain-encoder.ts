import { TaskwireError, type TaskMessage, type TopicMessage } from '@taskwire/protocol';
import { encodeComment, encodeMessage, encodeTopicMessage } from '../sse/frame.ts';
import { Chunk } from './chunk.ts';
import type { DoorText, Encoder } from './encoder.ts';

/** What plain streams have in common. */
export const plainText: DoorText = {
  door: 'plain',
  headers: {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  },
  greeting: '',
  ping: Chunk.of(encodeComment('heartbeat')),
};

/** A stream that failed just ends, after a last comment for whoever reads along: its client comes back. */
function failed(error: unknown): string {
  return encodeComment(error instanceof TaskwireError && error.passing ? error.message : 'the stream failed');
}

export const plainTaskEncoder: Encoder<TaskMessage> = {
  name: 'plain',
  encode: encodeMessage,
  ended: '',
  failed,
};

export const plainTopicEncoder: Encoder<TopicMessage> = {
  name: 'plain',
  encode: encodeTopicMessage,
  ended: '',
  failed,
};
