import { formatCursor, type TaskMessage, type TopicMessage } from '@taskwire/protocol';
import { routerConfig as config, toStreamError } from '@taskwire/router';
import type { AnyTaskDefinition, CatalogMessage, TaskCatalog } from '@taskwire/tasks';
import { getErrorShape } from '@trpc/server/unstable-core-do-not-import';
import { Chunk } from './chunk.ts';
import type { StreamFormat, Encoder } from './stream-format.ts';
import { snapshotJson, topicJson, type SharedJson } from './shared-json.ts';

/** A frame of tRPC 11.19, which ends each with one line break too many. */
function frame(event: string, data: string): string {
  return `event: ${event}\ndata: ${data}\n\n\n`;
}

/** The format of tRPC's streams. */
export const trpcFormat: StreamFormat = {
  transport: 'trpc',
  headers: {
    vary: 'trpc-accept, accept',
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    connection: 'keep-alive',
  },
  greeting: frame('connected', JSON.stringify(config.sse?.client ?? {})),
  ping: Chunk.of(frame('ping', '')),
};

/** The frame with the error of a failed subscription. */
export function failureFrame(error: unknown, path: string): string {
  const shape = getErrorShape({
    config,
    error: toStreamError(error),
    type: 'subscription',
    path,
    input: undefined,
    ctx: undefined,
  });
  return frame('serialized-error', JSON.stringify(shape));
}

function encoder<Message extends { seq: number }>(
  path: string,
  data: (message: Message, json: SharedJson) => string,
): Encoder<Message> {
  return {
    name: `trpc ${path}`,
    encode: (message, json) => `data: ${data(message, json)}\nid: ${formatCursor(message.seq)}\n\n\n`,
    ended: frame('return', ''),
    failed: (error) => failureFrame(error, path),
  };
}

/** Writes the messages of a task of that kind as `task.onProgress` does. */
export function trpcTaskEncoder(
  catalog: TaskCatalog,
  { path, kind }: { path: string; kind: string },
): Encoder<TaskMessage> {
  return encoder(path, (message, json) => {
    if (message.type !== 'snapshot') return JSON.stringify(catalog.readMessage(kind, message));
    return snapshotJson(message, json, () => stateIn(catalog.readMessage(kind, message)));
  });
}

function stateIn(message: CatalogMessage<AnyTaskDefinition>): unknown {
  return message.type === 'snapshot' ? message.state : undefined;
}

/** Writes the messages of a topic as `project.onProgress` and `task.onAny` do. */
export function trpcTopicEncoder(path: string): Encoder<TopicMessage> {
  return encoder(path, topicJson);
}
