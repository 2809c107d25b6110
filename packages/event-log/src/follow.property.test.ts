import { fold, initialTaskState, receive, type TaskEventDraft, type TaskSnapshot } from '@taskwire/protocol';
import { createTestRedis, type TestRedis } from '@taskwire/test-kit';
import fc from 'fast-check';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEventLog, type EventLog } from './event-log.ts';
import type { TaskAddress } from './log/keys.ts';
import { eventsLost } from './log/restore-log.ts';
import { dropSubscriberConnections } from './testing/drop-connections.ts';
import { STAGE, Snapshots, newTask, queued } from './testing/task-fixture.ts';

const snapshots = new Snapshots();
let redis: TestRedis;
/** The two share only Redis, as writers and watchers in different processes do. */
let writing: EventLog;
let watching: EventLog;
let admin: Redis;

beforeAll(async () => {
  redis = await createTestRedis();
  writing = createEventLog({ redisUrl: redis.redisUrl, loadSnapshot: snapshots.load, patient: true });
  watching = createEventLog({ redisUrl: redis.redisUrl, loadSnapshot: snapshots.load, patient: true });
  admin = new Redis(redis.redisUrl);
});
afterAll(async () => {
  admin.disconnect();
  await Promise.all([writing.close(), watching.close()]);
  await redis.stop();
});

const draft: fc.Arbitrary<TaskEventDraft> = fc.oneof(
  fc.record({ type: fc.constant('log' as const), level: fc.constant('info' as const), message: fc.string() }),
  fc.record({
    type: fc.constant('progress' as const),
    stage: fc.constant(STAGE),
    current: fc.nat(10),
    total: fc.constant(10),
    percent: fc.nat(100),
  }),
  fc.record({ type: fc.constant('token' as const), stage: fc.constant(STAGE), text: fc.string(), offset: fc.nat(5) }),
  fc.record({ type: fc.constant('data' as const), channel: fc.constant('preview'), value: fc.nat() }),
  fc.record({
    type: fc.constant('data' as const),
    channel: fc.constant('notes'),
    keep: fc.constantFrom(2, 3),
    index: fc.nat(5),
    values: fc.array(fc.nat(), { maxLength: 3 }),
  }),
);

type Step =
  | { do: 'append'; writer: number; events: TaskEventDraft[] }
  | { do: 'claim'; writer: number }
  | { do: 'cancel' }
  | { do: 'watch'; cursor: number | undefined }
  | { do: 'drop' }
  | { do: 'persist' }
  | { do: 'trim'; keep: number }
  | { do: 'lose' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      writer: fc.nat(2),
      events: fc.array(draft, { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('claim' as const), writer: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'cancel' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('watch' as const), cursor: fc.option(fc.nat(20), { nil: undefined }) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'drop' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'persist' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('trim' as const), keep: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'lose' as const }) },
);

/** Folds what one watcher gets; `receive` throws on a hole or a duplicate. */
async function watch(task: TaskAddress, cursor: number | undefined): Promise<TaskSnapshot | undefined> {
  const known = cursor === undefined ? undefined : await stateAt(task, cursor);
  let folded = known;
  for await (const message of watching.follow(task, known?.seq, new AbortController().signal)) {
    folded = receive(folded, message);
  }
  return folded;
}

/** The state that a returning watcher has at its cursor; undefined if the log no longer has it. */
async function stateAt(task: TaskAddress, cursor: number): Promise<TaskSnapshot | undefined> {
  const events = (await writing.read(task, 0, 10_000)).filter((event) => event.seq <= cursor);
  if (events[0]?.seq !== 1) return undefined;
  return { seq: events.length, state: fold(initialOf(task), events) };
}

function initialOf(task: TaskAddress) {
  return initialTaskState({ ...task, kind: 'test.kind' });
}

type Writer = Extract<Awaited<ReturnType<EventLog['claim']>>, { claimed: true }>['writer'];

async function run(task: TaskAddress, steps: readonly Step[]) {
  const writers = new Map<number, Writer>();
  const pending: Promise<unknown>[] = [];
  const watchers: Promise<TaskSnapshot | undefined>[] = [];
  const claim = async (name: number) => {
    const outcome = await writing.claim(task, `worker-${name}`);
    if (outcome.claimed) writers.set(name, outcome.writer);
  };
  for (const each of steps) {
    switch (each.do) {
      case 'append':
        pending.push((writers.get(each.writer)?.append(each.events) ?? Promise.resolve()).then(null, () => undefined));
        break;
      case 'claim':
        await claim(each.writer);
        break;
      case 'cancel':
        pending.push(writing.append(task, { type: 'canceling', requestedBy: 'someone' }));
        break;
      case 'watch':
        watchers.push(watch(task, each.cursor));
        break;
      case 'drop':
        await dropSubscriberConnections(redis.redisUrl);
        break;
      case 'persist':
        snapshots.persisted.set(task.taskId, await writing.snapshot(task));
        break;
      case 'trim':
        await writing.trim(task, (snapshots.persisted.get(task.taskId)?.seq ?? 0) - each.keep);
        break;
      case 'lose':
        await Promise.allSettled(pending);
        await admin.flushall();
        await writing.restore(task, { attempt: 0, canceling: false, event: eventsLost() });
        break;
      default:
        throw new Error(each satisfies never);
    }
  }
  await Promise.all(pending);
  await claim(0);
  await writers.get(0)?.append([{ type: 'done', output: 'the end', durationMs: 1 }]);
  return Promise.all(watchers);
}

it('every watcher folds to the same state as the log, from any cursor, through cuts, trims and losses', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const task = snapshots.add(newTask());
      await writing.open(task, queued());
      const folded = await run(task, steps);

      const events = await writing.read(task, 0, 10_000);
      const first = events[0]?.seq ?? 0;
      expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => first + index));
      const whole = await writing.snapshot(task);
      if (first === 1) expect(whole).toEqual({ seq: events.length, state: fold(initialOf(task), events) });
      for (const each of folded) expect(each).toEqual(whole);
    }),
    { numRuns: 100, endOnFailure: false },
  );
}, 120_000);
