import { setTimeout as delay } from 'node:timers/promises';
import {
  TASK_STATUSES,
  isTerminalStatus,
  receive,
  taskMessageSchema,
  type TaskMessage,
  type TaskSnapshot,
} from '@taskwire/protocol';
import { createParser } from 'eventsource-parser';
import * as z from 'zod';
import { fineClock } from '../../measure/fine-clock.ts';
import type { Sighting } from './judge.ts';
import type { Line } from './line.ts';

/** Watches a task over a line until its end. @returns the shown states, by time. */
export type Watch = (line: Line, taskId: string) => Promise<Sighting[]>;

const rowSchema = z.object({ status: z.enum(TASK_STATUSES), attempt: z.int(), percent: z.number() });
const rowAnswerSchema = z.object({ result: z.object({ data: rowSchema }) });
const pollAnswerSchema = z.object({ result: z.object({ data: z.object({ messages: z.array(z.unknown()) }) }) });

/** The task's row in PostgreSQL, as `task.get` has it. */
async function lookAtRow(line: Line, taskId: string): Promise<Sighting> {
  const { status, attempt, percent } = rowAnswerSchema.parse(await line.ask('task.get', { taskId })).result.data;
  return { at: fineClock(), status, attempt, percent };
}

/** The state of this moment, as `task.poll` has it without a cursor: more than a row can show. */
async function lookAtState(line: Line, taskId: string): Promise<Sighting> {
  const { messages } = pollAnswerSchema.parse(await line.ask('task.poll', { taskId, waitMs: 0 })).result.data;
  const first = taskMessageSchema.parse(messages[0]);
  if (first.type !== 'snapshot') throw new Error('task.poll without a cursor answered no snapshot');
  return sightingOf(first);
}

function sightingOf({ seq, state }: TaskSnapshot): Sighting {
  const { status, attempt, percent } = state;
  return { at: fineClock(), seq, status, attempt, percent };
}

/** Asks at fixed times, until the end is seen. */
function polling(look: (line: Line, taskId: string) => Promise<Sighting>, everyMs: number): Watch {
  return async (line, taskId) => {
    const begunAt = performance.now();
    const sightings: Sighting[] = [];
    for (let turn = 1; ; turn += 1) {
      const sighting = await look(line, taskId);
      sightings.push(sighting);
      if (isTerminalStatus(sighting.status)) return sightings;
      await delay(Math.max(0, begunAt + turn * everyMs - performance.now()));
    }
  };
}

/** Taskwire's stream, to its end. */
const streaming: Watch = async (line, taskId) => {
  const sightings: Sighting[] = [];
  let known: TaskSnapshot | undefined;
  const take = (message: TaskMessage) => {
    known = receive(known, message);
    sightings.push(sightingOf(known));
  };
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === undefined) take(taskMessageSchema.parse(JSON.parse(data)));
      if (event === 'serialized-error') throw new Error(`the stream says: ${data}`);
    },
  });
  const stream = await line.open('task.onProgress', { taskId });
  stream.setEncoding('utf8');
  for await (const text of stream) parser.feed(String(text));
  const last = sightings.at(-1);
  if (last === undefined || !isTerminalStatus(last.status)) throw new Error('the stream ended before the task did');
  return sightings;
};

/** A way to watch: its name in the table, and its code. */
export const WATCHES: readonly { name: string; part: string; watch: Watch }[] = [
  { name: 'polling', part: 'task.get every 2 s', watch: polling(lookAtRow, 2_000) },
  { name: 'polling', part: 'task.get every 0.5 s', watch: polling(lookAtRow, 500) },
  { name: 'polling', part: 'live state every 2 s', watch: polling(lookAtState, 2_000) },
  { name: 'polling', part: 'live state every 0.5 s', watch: polling(lookAtState, 500) },
  { name: 'taskwire', part: 'stream', watch: streaming },
];
