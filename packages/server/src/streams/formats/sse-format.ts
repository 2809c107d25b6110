import { TaskwireError, type TaskMessage, type TopicMessage } from '@taskwire/protocol';
import { encodeComment, encodeMessage, encodeTopicMessage } from './frame.ts';
import { Chunk } from './chunk.ts';
import type { StreamFormat, Encoder } from './stream-format.ts';
import { taskJson, topicJson } from './shared-json.ts';

/** The format of plain streams. */
export const sseFormat: StreamFormat = {
  transport: 'sse',
  headers: {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  },
  greeting: '',
  ping: Chunk.of(encodeComment('heartbeat')),
};

/** A failed stream ends after a comment for people who read it: its client comes back. */
function failed(error: unknown): string {
  return encodeComment(error instanceof TaskwireError && error.isRetryable ? error.message : 'the stream failed');
}

export const sseTaskEncoder: Encoder<TaskMessage> = {
  name: 'sse',
  encode: (message, json) => encodeMessage(message, taskJson(message, json)),
  ended: '',
  failed,
};

export const sseTopicEncoder: Encoder<TopicMessage> = {
  name: 'sse',
  encode: (message, json) => encodeTopicMessage(message, topicJson(message, json)),
  ended: '',
  failed,
};
