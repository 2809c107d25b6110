import { LOAD_CORE } from '../measure/pinning.ts';
import { watchServer } from '../measure/watch-server.ts';
import type { BenchSettings, Measurement, Scenario } from '../scenario.ts';
import { stoppable } from '../stoppable.ts';
import { createTask } from '../taskwire/access.ts';
import { ChildProgram } from '../taskwire/child-program.ts';
import { startTaskwire, type TaskwireStack } from '../taskwire/start-taskwire.ts';
import {
  callersReplySchema,
  type CallersFigures,
  type CallersReply,
  type CallersSettings,
} from './neighbours/messages.ts';

const CALLERS = new URL('./neighbours/callers-process.ts', import.meta.url);
const LIGHT_USERS = 20;
const HEAVY_USERS = 3;
/** Tasks in each user's list. */
const TASKS = 10;

type Manner = Pick<CallersSettings, 'connections' | 'callsPerRequest' | 'pauseMs'>;
const LIGHT: Manner = { connections: 1, callsPerRequest: 1, pauseMs: 250 };
const HEAVY: Manner = { connections: 50, callsPerRequest: 50, pauseMs: 0 };

/** Users who have a few tasks each. */
async function users(stack: TaskwireStack, names: readonly string[]): Promise<string[]> {
  const tokens: string[] = [];
  for (const name of names) {
    const token = await stack.tokenOf(name);
    for (let count = 0; count < TASKS; count += 1)
      await createTask({ url: stack.url, token }, { kind: 'demo.text', input: { words: 1 } });
    tokens.push(token);
  }
  return tokens;
}

const numbered = (name: string, count: number) => Array.from({ length: count }, (_each, index) => `${name}-${index}`);

async function call(callers: ChildProgram<CallersReply>): Promise<CallersFigures> {
  const reply = await callers.ask('begin');
  if (reply === 'ready') throw new Error('the callers did not say what came of it');
  return reply;
}

function startCallers(settings: CallersSettings): Promise<ChildProgram<CallersReply>> {
  return ChildProgram.start({ file: CALLERS, settings, core: LOAD_CORE, reply: callersReplySchema });
}

/** Lets groups of callers call at the same time. */
async function callTogether(groups: readonly CallersSettings[]): Promise<CallersFigures[]> {
  const programs: ChildProgram<CallersReply>[] = [];
  try {
    for (const settings of groups) programs.push(await startCallers(settings));
    return await Promise.all(programs.map(call));
  } finally {
    await Promise.all(programs.map((program) => program.stop()));
  }
}

const NOTHING: CallersFigures = { answered: 0, refused: 0, failed: 0, p50Ms: 0, p99Ms: 0, maxMs: 0 };

/** Combines the answer times of the light users with the counts of the heavy ones. */
function figuresOf(light = NOTHING, heavy = NOTHING) {
  const { answered, failed, ...times } = light;
  const others = { heavyAnswered: heavy.answered, heavyRefused: heavy.refused, heavyFailed: heavy.failed };
  return { delivered: answered, lost: failed, ...times, ...others };
}

async function* measure(stack: TaskwireStack, { seconds, signal }: BenchSettings): AsyncGenerator<Measurement> {
  const { url } = stack;
  const light = { url, seconds, ...LIGHT, tokens: await users(stack, numbered('light', LIGHT_USERS)) };
  const heavy = { url, seconds, ...HEAVY, tokens: await users(stack, numbered('heavy', HEAVY_USERS)) };
  for (const { part, groups } of [
    { part: 'alone', groups: [light] },
    { part: 'beside heavy users', groups: [light, heavy] },
  ]) {
    const signs = watchServer(url, stack.serverPids);
    const [mine, theirs] = await stoppable(signal, callTogether(groups));
    yield { name: 'taskwire', part, watchers: LIGHT_USERS, rate: 0, ...figuresOf(mine, theirs), ...(await signs()) };
  }
}

async function* run(settings: BenchSettings): AsyncGenerator<Measurement> {
  for (let repeat = 1; repeat <= settings.repeats; repeat += 1) {
    settings.say(
      `repeat ${repeat} of ${settings.repeats}: ${LIGHT_USERS} light users, then ${HEAVY_USERS} heavy ones beside them`,
    );
    const stack = await startTaskwire();
    try {
      yield* measure(stack, settings);
    } finally {
      await stack.stop();
    }
  }
}

/** Effect of a few users who ask for very much on the other users. */
export const neighbours: Scenario = {
  name: 'neighbours',
  summary: 'answer times of light users beside heavy ones',
  run,
  columns: [
    { key: 'part', heading: 'light users', digits: 0 },
    { key: 'delivered', heading: 'answered', digits: 0 },
    { key: 'p50Ms', heading: 'p50 ms', digits: 1 },
    { key: 'p99Ms', heading: 'p99 ms', digits: 1 },
    { key: 'maxMs', heading: 'max ms', digits: 1 },
    { key: 'refused', heading: 'refused', digits: 0 },
    { key: 'lost', heading: 'failed', digits: 0 },
    { key: 'heavyAnswered', heading: 'batches answered', digits: 0 },
    { key: 'heavyRefused', heading: 'batches refused', digits: 0 },
    { key: 'heavyFailed', heading: 'batches failed', digits: 0 },
    { key: 'healthMaxMs', heading: '/healthz max ms', digits: 1 },
    { key: 'peakMib', heading: 'peak MiB', digits: 0 },
  ],
};
