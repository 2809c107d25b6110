import type { Random } from '../random.ts';
import type { PlannedTask, TaskKind } from './round-plan.ts';

/** Documents of `examples/documents` that a round may ingest. */
const DOCUMENTS = ['event-streams-handbook.md', 'event-streams-handbook.pdf'];

const KINDS: readonly (readonly [TaskKind, number])[] = [
  ['demo.count', 6],
  ['demo.text', 3],
  ['demo.burn', 1],
  ['document.ingest', 1],
];

/** The mix of tasks of a round: some fail and are tried again, some are canceled in the middle. */
export function planTasks(random: Random, allowed: readonly TaskKind[]): PlannedTask[] {
  const kinds = KINDS.filter(([kind]) => allowed.includes(kind));
  return Array.from({ length: random.int(6, 9) }, () => {
    const kind = random.weighted(kinds);
    const task = { kind, atMs: random.int(0, 1_500), ...workOf(kind, random) };
    return random.chance(15) ? { ...task, cancelAfterMs: random.int(0, 3_000) } : task;
  });
}

function workOf(kind: TaskKind, random: Random): Pick<PlannedTask, 'input' | 'document'> {
  switch (kind) {
    case 'demo.count': {
      const to = random.int(20, 120);
      const failures = random.chance(25) ? { failures: { at: random.int(1, to), times: random.int(1, 2) } } : {};
      return { input: { to, everyMs: random.int(10, 50), ...failures } };
    }
    case 'demo.text': {
      const words = random.int(200, 3_000);
      const stage = random.pick(['draft', 'polish']);
      const failures = random.chance(25) ? { failures: { stage, at: random.int(1, words), times: 1 } } : {};
      return { input: { words, wordsPerSecond: random.int(200, 4_000), ...failures } };
    }
    case 'demo.burn':
      return { input: { seconds: random.int(1, 2) } };
    case 'document.ingest':
      return { input: {}, document: random.pick(DOCUMENTS) };
    default:
      return kind satisfies never;
  }
}
