import { setTimeout as delay } from 'node:timers/promises';
import type { BenchSettings, Measurement, Scenario } from '../scenario.ts';
import { stoppable } from '../stoppable.ts';
import { startTaskwire, type TaskwireStack } from '../taskwire/start-taskwire.ts';
import { judge } from './polling/judge.ts';
import { Line } from './polling/line.ts';
import { readTrueStates } from './polling/true-states.ts';
import { WATCHES } from './polling/watch.ts';

/** The least length of a task (s): a few polls of two seconds. */
const LEAST_SECONDS = 20;
const WORDS_PER_SECOND = 20;
/** `demo.text` writes its words twice. */
const STAGES = 2;

/** Watches a task in one way, to its end. */
async function watchBy({ watch, ...who }: (typeof WATCHES)[number], line: Line, taskId: string) {
  const sightings = await watch(line, taskId);
  return { ...who, sightings, requests: line.requests, bytes: line.bytes };
}

/** Waits until every watcher has had an answer, for 10 s at most: only then may the task begin. */
async function allWatch(lines: readonly Line[]): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (lines.some((line) => line.bytes === 0) && performance.now() < deadline) await delay(10);
}

/** One task, watched in every way at the same time, from before it runs. */
async function watchOne(stack: TaskwireStack, task: { seconds: number; rate: number }): Promise<Measurement[]> {
  const words = Math.max(1, Math.round((task.seconds * task.rate) / STAGES));
  const place = await stack.createTask({ kind: 'demo.text', input: { words, wordsPerSecond: task.rate } });
  const watches = WATCHES.map((how) => ({ how, line: new Line(stack) }));
  const lines = watches.map(({ line }) => line);
  let stopWorker = () => Promise.resolve();
  try {
    const watching = Promise.all(watches.map(({ how, line }) => watchBy(how, line, place.taskId)));
    await Promise.race([allWatch(lines), watching]);
    stopWorker = await stack.startWorker();
    const watched = await watching;
    const states = await readTrueStates(stack.redisUrl, place);
    return watched.map(({ name, part, sightings, requests, bytes }) => {
      const { seen, missed, p50Ms, p99Ms } = judge(states, sightings);
      const where = { name, part, watchers: 1, rate: task.rate };
      return { ...where, delivered: seen, lost: missed, states: states.length, p50Ms, p99Ms, requests, bytes };
    });
  } finally {
    for (const line of lines) line.close();
    await stopWorker();
  }
}

async function* run({ repeats, seconds, rates, say, signal }: BenchSettings): AsyncGenerator<Measurement> {
  const stack = await startTaskwire();
  try {
    const task = { seconds: Math.max(LEAST_SECONDS, seconds), rate: rates?.[0] ?? WORDS_PER_SECOND };
    say(`polling: ${stack.description}, and the built worker`);
    say(`  task.get: the row in PostgreSQL · live state: task.poll without a cursor, the most that a poll can show`);
    for (let repeat = 1; repeat <= repeats; repeat += 1) {
      say(
        `polling: repeat ${repeat} of ${repeats}, a task of ${task.seconds} s that writes ${task.rate} words a second`,
      );
      yield* await stoppable(signal, watchOne(stack, task));
    }
  } finally {
    await stack.stop();
  }
}

/** One real task, watched by polling and by Taskwire's stream at the same time. */
export const polling: Scenario = {
  name: 'polling',
  summary: 'one real task watched by polling and by Taskwire: states seen and missed, latency, requests, bytes',
  run,
  columns: [
    { key: 'name', heading: 'watched by', digits: 0 },
    { key: 'part', heading: 'how', digits: 0 },
    { key: 'states', heading: 'states', digits: 0 },
    { key: 'delivered', heading: 'seen', digits: 0 },
    { key: 'lost', heading: 'missed', digits: 0 },
    { key: 'p50Ms', heading: 'p50 ms', digits: 1 },
    { key: 'p99Ms', heading: 'p99 ms', digits: 1 },
    { key: 'requests', heading: 'requests', digits: 0 },
    { key: 'bytes', heading: 'bytes', digits: 0 },
  ],
  plot: {
    x: 'part',
    y: 'p50Ms',
    title: 'From an event being written to a watcher knowing of it (median)',
    xLabel: '',
    yLabel: 'milliseconds',
  },
};
