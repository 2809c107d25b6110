import { TaskwireError, type TaskMessage, type TopicMessage } from '@taskwire/protocol';
import { encodeComment, encodeMessage, encodeTopicMessage } from '../sse/frame.ts';
import { Chunk } from './chunk.ts';
import type { DoorText, Encoder } from './encoder.ts';
import { taskJson, topicJson } from './shared-json.ts';

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
  return encodeComment(error instanceof TaskwireError && error.isRetryable ? error.message : 'the stream failed');
}

export const plainTaskEncoder: Encoder<TaskMessage> = {
  name: 'plain',
  encode: (message, json) => encodeMessage(message, taskJson(message, json)),
  ended: '',
  failed,
};

export const plainTopicEncoder: Encoder<TopicMessage> = {
  name: 'plain',
  encode: (message, json) => encodeTopicMessage(message, topicJson(message, json)),
  ended: '',
  failed,
};
