import { createTaskwireClient, type TaskwireClient } from '@taskwire/client';
import type { Target, Visit, Visitor } from './visit.ts';

/** Watches by the client package, as an application would; it comes back by itself. */
export function visitByClient(visit: Visit): Visitor {
  const leaving = new AbortController();
  const client = createTaskwireClient({ url: visit.url, token: visit.token, fetch: visit.fetch });
  const watching = watch(client, visit, leaving.signal);
  return {
    leave: async () => {
      leaving.abort();
      await watching;
      client.close();
    },
  };
}

async function watch(client: TaskwireClient, { record, target }: Visit, signal: AbortSignal): Promise<void> {
  const cursor = record.cursor;
  record.begin(cursor);
  const options = {
    lastEventId: cursor,
    signal,
    onConnectionChange: (state: 'connected' | 'away', error?: Error) => {
      if (state === 'connected') record.connected();
      else record.away(error?.message ?? 'connection lost');
    },
  };
  try {
    for await (const message of messagesOf(client, target, options)) record.message(message, String(message.seq));
    if (!signal.aborted) record.ended('the iteration ended');
  } catch (error) {
    record.failed(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  }
}

type Options = NonNullable<Parameters<TaskwireClient['watchAny']>[0]>;

function messagesOf(client: TaskwireClient, target: Target, options: Options): AsyncIterable<{ seq: number }> {
  switch (target.of) {
    case 'task':
      return client.watchTask(target.taskId, options);
    case 'project':
      return client.watchProject(target.projectId, { ...options, types: target.types, stages: target.stages });
    case 'owner':
      return client.watchAny(options);
    default:
      return target satisfies never;
  }
}
