import { eventually } from '@taskwire/test-kit/vitest';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { log, progress, token } from '../differential/testing/scenarios/drafts.ts';
import { RawSocket } from '../differential/testing/reading/raw-socket.ts';
import { startTask, type RunningTask } from '../../testing/running-task.ts';
import { createBacking, startTestServer, type Backing, type TestServer } from '../../testing/test-server.ts';
import { readMetrics } from '../../testing/read-metrics.ts';

/** More than the system keeps for a client that does not read. */
const LINE = 'x'.repeat(100_000);
const BATCHES = 30;

let backing: Backing;
let patient: TestServer;
let strict: TestServer;
const sockets: RawSocket[] = [];

beforeAll(async () => {
  backing = await createBacking();
  patient = await startTestServer(backing, { pingEveryMs: 50 });
  strict = await startTestServer(backing, { pingEveryMs: 50, environment: { streamStallMs: 500 } });
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});
afterAll(async () => {
  await Promise.all([patient.stop(), strict.stop()]);
  await backing.close();
});

async function watch(server: TestServer, { taskId }: RunningTask): Promise<RawSocket> {
  const socket = new RawSocket(server.url);
  sockets.push(socket);
  const { authorization } = await server.as('ada');
  socket.ask(server.url, { path: 'task.onProgress', input: { taskId } }, { token: authorization, version: '1.1' });
  await eventually(() => expect(socket.received).toMatch(/^id: 2$/m));
  return socket;
}

const figureOf = async (server: TestServer, name: string) => (await readMetrics(server)).get(name);

/** Eight lines, ten tokens and two progresses at a time. */
async function flood({ writer }: RunningTask): Promise<void> {
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const tokens = Array.from({ length: 10 }, (_each, index) => token('y', batch * 10 + index));
    await writer.append([...Array.from({ length: 8 }, () => log(LINE)), ...tokens, progress(1), progress(2)]);
  }
}
const LAST_SEQ = 2 + BATCHES * 20;

/** The ranges of seqs after the snapshot, in order. A merged event has several seqs. */
function rangesOf({ received }: RawSocket): { first: number; last: number }[] {
  const frames = [...received.matchAll(/^data: (\{.*\})\nid: (\d+)$/gm)].slice(1);
  return frames.map(([, data = '', id]) => ({
    first: Number(/"fromSeq":(\d+)/.exec(data)?.[1] ?? id),
    last: Number(id),
  }));
}

function expectEverythingOnce(socket: RawSocket, lastSeq: number): void {
  const ranges = rangesOf(socket);
  expect(ranges.map(({ first }) => first)).toEqual([3, ...ranges.slice(0, -1).map(({ last }) => last + 1)]);
  expect(ranges.at(-1)?.last).toBe(lastSeq);
}

test('a client that reads nothing lags alone; when it reads again it gets everything, merged, and joins its group', async () => {
  const task = await startTask(patient, 'ada');
  const [fast, slow] = [await watch(patient, task), await watch(patient, task)];
  slow.pause();
  await flood(task);
  await eventually(() => expectEverythingOnce(fast, LAST_SEQ));
  await eventually(async () => expect(await figureOf(patient, 'taskwire_stream_lagging')).toBe(1));
  slow.resume();
  await eventually(() => expectEverythingOnce(slow, LAST_SEQ));
  expect(rangesOf(slow).some(({ first, last }) => last - first >= 9)).toBe(true);
  expect(await figureOf(patient, 'taskwire_stream_lagging')).toBe(0);

  const encodings = (await figureOf(patient, 'taskwire_stream_encodings_total')) ?? NaN;
  await task.log('together again');
  for (const socket of [fast, slow]) await eventually(() => expectEverythingOnce(socket, LAST_SEQ + 1));
  expect(await figureOf(patient, 'taskwire_stream_encodings_total')).toBe(encodings + 1);
  expect(await figureOf(patient, 'taskwire_stream_cut_total{reason="stalled"}')).toBe(0);
});

test('a client that takes nothing for long is cut off while events flow; other clients are not', async () => {
  const task = await startTask(strict, 'ada');
  const [fast, stalled] = [await watch(strict, task), await watch(strict, task)];
  stalled.pause();
  await flood(task);
  let appended = LAST_SEQ;
  await eventually(async () => {
    await task.log('more');
    appended += 1;
    expect(await figureOf(strict, 'taskwire_stream_cut_total{reason="stalled"}')).toBe(1);
  });
  expect(await figureOf(strict, 'taskwire_stream_watchers{transport="trpc"}')).toBe(1);
  expect(await figureOf(strict, 'taskwire_stream_lagging')).toBe(0);
  await eventually(() => expectEverythingOnce(fast, appended));
  stalled.resume();
  await eventually(() => expect(stalled.closed).toBe(true));
  expect(fast.closed).toBe(false);
});
