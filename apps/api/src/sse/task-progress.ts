import { TaskwireError, isTerminalStatus, parseCursor, type TaskSnapshot } from '@taskwire/protocol';
import { owned, type Ports, type StoredTask, type TaskAddress } from '@taskwire/router';
import { Router, type Request } from 'express';
import * as z from 'zod';
import { requireCaller } from '../auth/authenticate.ts';
import type { TokenAuthority } from '../auth/tokens.ts';
import { EventStream } from './event-stream.ts';
import { encodeMessage } from './frame.ts';

/** What the plain SSE endpoints need. */
export interface TaskProgressParts {
  ports: Pick<Ports, 'tasks' | 'events'>;
  authority: TokenAuthority;
  snapshot: (task: TaskAddress) => Promise<TaskSnapshot>;
  heartbeatMs: number;
}

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
 * `GET /sse/tasks/:taskId/progress`: every message of a task as a named event, the same ones in the same order as
 * `task.onProgress`, for clients that know nothing of tRPC. Errors known before the stream begins are JSON. Later, and
 * whenever waiting helps, the stream just ends: an EventSource gives up for good at any status but 200.
 */
export function taskProgress(parts: TaskProgressParts): Router {
  const router = Router();
  router.get('/sse/tasks/:taskId/progress', async (request, response) => {
    const caller = await requireCaller(parts.authority, request.headers.authorization);
    const cursor = cursorOf(request);
    const taskId = z.uuid().safeParse(request.params.taskId).data;
    const found = taskId === undefined ? undefined : await parts.ports.tasks.find(taskId);
    const task = owned(caller, found, 'task');
    if (cursor !== undefined && (await hasSeenAll(parts, task, cursor))) {
      // Stops an EventSource for good.
      response.status(204).end();
      return;
    }
    const stream = new EventStream(response, parts.heartbeatMs);
    await sendMessages(parts, { task, cursor, stream }).catch((error: unknown) => {
      const passing = error instanceof TaskwireError && error.passing;
      if (!passing) request.log.error({ err: error }, 'event stream failed');
      stream.end(passing ? error.message : 'the stream failed');
    });
  });
  return router;
}

async function hasSeenAll(parts: TaskProgressParts, task: StoredTask, cursor: number): Promise<boolean> {
  if (!isTerminalStatus(task.status)) return false;
  const last = await parts.snapshot(task);
  return isTerminalStatus(last.state.status) && cursor === last.seq;
}

async function sendMessages(
  parts: TaskProgressParts,
  watcher: { task: StoredTask; cursor: number | undefined; stream: EventStream },
): Promise<void> {
  const { task, cursor, stream } = watcher;
  for await (const message of parts.ports.events.follow(task, cursor, stream.signal)) {
    await stream.send(encodeMessage(message));
  }
  stream.end();
}
