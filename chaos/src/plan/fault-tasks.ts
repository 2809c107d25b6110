import { NEWER_KIND, OLDER_COUNT } from '../workers/older-build.ts';
import { BLOCKS, codeOf, deedNamed, type Deed } from '../misdeeds/deed-names.ts';
import type { Random } from '../random.ts';
import type { FaultKind, PlannedFault, PlannedTask } from './round-plan.ts';

/** More attempts than any task gets. */
const ALWAYS = 10;

/** Faults that others must come through: tasks run beside them that begin before and end after. */
const WITNESSED: ReadonlySet<FaultKind> = new Set([
  'worker-long-stop',
  'redis-long-stop',
  'redis-full',
  'task-block',
  'task-crash',
]);

/** The tasks that faults need: those whose handlers misbehave, those beside them, and those too new for an older build. */
export function faultTasks(random: Random, faults: readonly PlannedFault[]): PlannedTask[] {
  return faults.flatMap((fault) => [...ownTasks(random, fault), ...witnesses(random, fault)]);
}

function ownTasks(random: Random, fault: PlannedFault): PlannedTask[] {
  if (fault.kind.startsWith('task-')) {
    return (fault.how ?? []).map((name) => misdeed(random, fault.atMs, deedNamed(name)));
  }
  return fault.kind === 'worker-old' ? newerTasks(random, fault.atMs) : [];
}

/** They last 9 to 18 s. */
function witnesses(random: Random, { kind, atMs }: PlannedFault): PlannedTask[] {
  if (!WITNESSED.has(kind)) return [];
  return [1, 2].map(() => ({
    kind: 'demo.count',
    atMs: random.int(0, atMs),
    input: { to: OLDER_COUNT, everyMs: random.int(150, 300) },
  }));
}

function misdeed(random: Random, atMs: number, deed: Deed): PlannedTask {
  const isBlock = BLOCKS.some((each) => each === deed);
  // One that blocks does so once, and is a task like any other.
  const times = isBlock ? 1 : random.pick([1, ALWAYS]);
  const input = { to: random.int(20, OLDER_COUNT), everyMs: random.int(10, 50), failures: codeOf(deed, times) };
  const task = { kind: 'demo.count', atMs, input, deed } as const;
  return isBlock ? task : { ...task, mayFail: true };
}

/** Created while an older worker looks for something to do, whose schema of `demo.count` refuses such numbers. */
function newerTasks(random: Random, atMs: number): PlannedTask[] {
  return [
    { kind: NEWER_KIND, atMs: atMs + random.int(0, 2_000), input: { seconds: 1 } },
    {
      kind: 'demo.count',
      atMs: atMs + random.int(0, 2_000),
      input: { to: random.int(OLDER_COUNT + 1, 2 * OLDER_COUNT), everyMs: random.int(10, 30) },
    },
  ];
}
