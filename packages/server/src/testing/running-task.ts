import type { AttemptWriter } from '@taskwire/event-log';
import type { TaskAddress } from '@taskwire/router';
import type { TestServer } from './test-server.ts';

/** A task whose worker is the test itself. Its log holds `queued` (1) and `started` (2). */
export interface RunningTask extends TaskAddress {
  writer: AttemptWriter;
  /** Appends `log` events, one after the other. */
  log(...messages: string[]): Promise<void>;
  /** Ends the log, and writes the row as a worker does. */
  done(): Promise<void>;
}

/** Creates a task for a user and takes it. */
export async function startTask(server: TestServer, userId: string): Promise<RunningTask> {
  const client = await server.client(userId);
  const { taskId, projectId } = await client.task.create.mutate({ kind: 'demo.count', input: {} });
  const { eventLog, queue } = server.connections;
  await queue.removeWaiting(taskId);
  const address = { taskId, projectId, ownerId: userId };
  const claim = await eventLog.claim(address, 'the test');
  if (!claim.claimed) throw new Error('the task cannot be taken');
  const { writer } = claim;
  return {
    ...address,
    writer,
    async log(...messages) {
      await writer.append(messages.map((message) => ({ type: 'log', level: 'info', message })));
    },
    async done() {
      await writer.append([{ type: 'done', output: { counted: 10 }, durationMs: 1 }]);
      await server.database.task.update({ where: { id: taskId }, data: { status: 'done', output: { counted: 10 } } });
    },
  };
}
