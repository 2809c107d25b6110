import * as z from 'zod';
import { withDeadline } from '../with-deadline.ts';
import { withToken, type Visit, type Visitor } from './visit.ts';

const answerSchema = z.object({
  result: z.object({
    data: z.object({ messages: z.array(z.unknown()), lastEventId: z.nullish(z.string()), ended: z.boolean() }),
  }),
});
/** A refusal of the system's own, in tRPC's form; anything else on the way to it may say anything. */
const refusalSchema = z.object({ error: z.looseObject({ data: z.looseObject({}) }) });
const WAIT_MS = 2_000;
const CALL_TIMEOUT_MS = 8_000;
const PAUSE_MS = 200;

/** Watches a task by `task.poll`, over plain HTTP. */
export function visitByPolling(visit: Visit): Visitor {
  const leaving = new AbortController();
  const polling = poll(visit, leaving.signal);
  return {
    leave: () => {
      leaving.abort();
      return polling;
    },
  };
}

async function poll(visit: Visit, signal: AbortSignal): Promise<void> {
  const { record } = visit;
  record.begin(record.cursor);
  while (!signal.aborted && !record.isOver) {
    const pauses = await pollOnce(visit, signal).catch((error: unknown) => {
      if (!signal.aborted) record.away(error instanceof Error ? error.message : String(error));
      return true;
    });
    if (pauses) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** @returns whether to pause before the next call. */
async function pollOnce({ url, token, target, record, fetch: inner }: Visit, leaving: AbortSignal): Promise<boolean> {
  if (target.of !== 'task') throw new Error('only tasks can be polled');
  const input = { taskId: target.taskId, lastEventId: record.cursor, waitMs: WAIT_MS };
  const query = new URLSearchParams({ input: JSON.stringify(input) });
  const { response, body } = await withDeadline(leaving, CALL_TIMEOUT_MS, async (signal) => {
    const answer = await withToken(token, inner)(`${url}/trpc/task.poll?${query.toString()}`, { signal });
    const json: unknown = await answer.json();
    return { response: answer, body: json };
  });
  const isFinal = response.status >= 400 && response.status < 500 && response.status !== 429;
  if (isFinal && refusalSchema.safeParse(body).success) {
    record.failed(`HTTP ${response.status}: ${JSON.stringify(body).slice(0, 300)}`);
    return false;
  }
  if (!response.ok) {
    record.away(`HTTP ${response.status}`);
    return true;
  }
  const { messages, lastEventId, ended } = answerSchema.parse(body).result.data;
  record.connected();
  messages.forEach((message, place) =>
    record.message(message, place === messages.length - 1 ? (lastEventId ?? undefined) : undefined),
  );
  if (ended) record.ended('ended');
  return false;
}
