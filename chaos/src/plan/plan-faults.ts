import { BLOCKS, CRASHES, HOSTILITIES } from '../misdeeds/deed-names.ts';
import type { Random } from '../random.ts';
import { APIS, type FaultKind, GATES, type PlannedFault, WORKERS } from './round-plan.ts';

const SHARES: Readonly<Record<FaultKind, number>> = {
  'worker-kill': 4,
  'worker-stop': 3,
  'worker-restart': 2,
  'api-kill': 4,
  'api-stop': 3,
  'api-restart': 2,
  'redis-kill': 3,
  'redis-flush': 3,
  'redis-cut': 4,
  'redis-stall': 3,
  'postgres-cut': 3,
  'postgres-stall': 2,
  'watchers-cut': 4,
  'watchers-stall': 3,
  trim: 4,
  'worker-alone': 3,
  'worker-long-stop': 3,
  'worker-old': 4,
  'redis-long-stop': 3,
  'redis-full': 4,
  'row-spoil': 4,
  'task-block': 3,
  'task-crash': 3,
  'task-hostile': 5,
  'watchers-answer': 5,
};

/** Longer than a worker keeps a task without a heartbeat; each makes a round long. */
const LONG: ReadonlySet<FaultKind> = new Set(['worker-long-stop', 'redis-long-stop', 'task-block']);
/** Share of rounds with such a fault: a round has one worker, and one crash is enough. */
const ONCE: ReadonlySet<FaultKind> = new Set(['worker-alone', 'task-crash', 'redis-full']);
const LONG_MS = [15_000, 40_000] as const;
/** Time (ms) of a stop after which a worker loses its tasks to the other one. */
const LONG_STOP_MS = 12_000;
/** Number of tasks that a fault of hostile values brings. */
const HOSTILE_TASKS = 3;

/** Three to six faults, which may overlap; at most one of them stalls something for longer than a lock lasts. */
export function planFaults(random: Random, allowed: readonly FaultKind[]): PlannedFault[] {
  if (allowed.length === 0) return [];
  const faults: PlannedFault[] = [];
  const count = random.int(3, 6);
  for (let place = 0; place < count; place += 1) {
    const choices = allowed.filter((kind) => mayFollow(kind, faults)).map((kind) => [kind, SHARES[kind]] as const);
    if (choices.length > 0) faults.push(planFault(random, random.weighted(choices)));
  }
  return besideOneAlone(faults).sort((one, other) => one.atMs - other.atMs);
}

function mayFollow(kind: FaultKind, faults: readonly PlannedFault[]): boolean {
  if (LONG.has(kind)) return !faults.some((fault) => LONG.has(fault.kind));
  return !ONCE.has(kind) || !faults.some((fault) => fault.kind === kind);
}

/** If a fault leaves one worker alone, directs the faults of workers at that one. */
function besideOneAlone(faults: readonly PlannedFault[]): PlannedFault[] {
  const absent = faults.find((fault) => fault.kind === 'worker-alone');
  if (absent === undefined) return [...faults];
  const alone = (absent.target + 1) % WORKERS;
  return faults.map((fault) =>
    fault !== absent && fault.kind.startsWith('worker-') ? { ...fault, target: alone } : fault,
  );
}

function planFault(random: Random, kind: FaultKind): PlannedFault {
  const atMs = kind === 'worker-alone' ? 0 : random.int(200, 4_000);
  const fault = { kind, atMs, forMs: durationOf(kind, random), target: targetOf(kind, random) };
  const how = waysOf(fault, random);
  return how.length === 0 ? fault : { ...fault, how };
}

function durationOf(kind: FaultKind, random: Random): number {
  switch (kind) {
    case 'worker-kill':
    case 'api-kill':
    case 'redis-kill':
      return random.int(0, 1_500);
    case 'worker-stop':
      return random.chance(15) ? LONG_STOP_MS : random.int(100, 3_000);
    case 'worker-long-stop':
    case 'redis-long-stop':
    case 'task-block':
      return random.pick(LONG_MS);
    case 'api-stop':
    case 'redis-stall':
    case 'postgres-stall':
    case 'watchers-stall':
      return random.int(100, 3_000);
    case 'redis-cut':
    case 'postgres-cut':
    case 'watchers-cut':
      return random.chance(50) ? 0 : random.int(100, 2_500);
    case 'redis-full':
      return random.chance(20) ? LONG_STOP_MS : random.int(1_000, 5_000);
    case 'worker-old':
      return random.int(2_000, 8_000);
    case 'watchers-answer':
      return random.int(500, 5_000);
    case 'worker-restart':
    case 'worker-alone':
    case 'api-restart':
    case 'redis-flush':
    case 'row-spoil':
    case 'task-crash':
    case 'task-hostile':
    case 'trim':
      return 0;
    default:
      return kind satisfies never;
  }
}

function targetOf(kind: FaultKind, random: Random): number {
  if (kind.startsWith('worker-')) return random.int(0, WORKERS - 1);
  if (kind.startsWith('api-')) return random.int(0, APIS - 1);
  if (kind.startsWith('watchers-')) return random.int(0, GATES - 1);
  return random.int(0, WORKERS + APIS - 1);
}

function waysOf({ kind, forMs }: Pick<PlannedFault, 'kind' | 'forMs'>, random: Random): readonly string[] {
  switch (kind) {
    case 'row-spoil':
      return [random.pick(SPOILINGS)];
    case 'watchers-answer':
      return [random.pick(FOREIGN_ANSWERS)];
    case 'task-block':
      return BLOCKS.filter((deed) => deed === `block-${forMs / 1_000}`);
    case 'task-crash':
      return [random.pick(CRASHES)];
    case 'task-hostile':
      return Array.from({ length: HOSTILE_TASKS }, () => random.pick(HOSTILITIES));
    default:
      return [];
  }
}

/** Answers of a proxy while the api behind it is away. */
export const FOREIGN_ANSWERS = ['404-text', '502-html', '200-html', '404-json', '503-empty'] as const;
export type ForeignAnswer = (typeof FOREIGN_ANSWERS)[number];

const PAGE =
  '<!doctype html><html><head><title>Oops</title></head><body><h1>We will be right back</h1></body></html>\n';

const ANSWERS: Readonly<Record<ForeignAnswer, { status: string; type: string; body: string }>> = {
  '404-text': { status: '404 Not Found', type: 'text/plain; charset=utf-8', body: '404 page not found\n' },
  '502-html': { status: '502 Bad Gateway', type: 'text/html', body: PAGE },
  '200-html': { status: '200 OK', type: 'text/html; charset=utf-8', body: PAGE },
  '404-json': { status: '404 Not Found', type: 'application/json', body: '{"message":"no route matched"}' },
  '503-empty': { status: '503 Service Unavailable', type: 'text/plain', body: '' },
};

/** The whole answer, as it goes over the line; the connection is closed after it. */
export function foreignAnswer(name: string): string {
  const answer = FOREIGN_ANSWERS.find((each) => each === name);
  if (answer === undefined) throw new Error(`there is no answer "${name}"`);
  const { status, type, body } = ANSWERS[answer];
  const head = [`HTTP/1.1 ${status}`, 'server: proxy', `content-type: ${type}`, `content-length: ${body.length}`];
  return `${[...head, 'connection: close'].join('\r\n')}\r\n\r\n${body}`;
}

/** Changes that another version, or a manual edit, may make to a row: SQL that sets its columns. */
const SETS = {
  kind: `"kind" = 'gone.kind'`,
  input: `"input" = '{"neither":["field","nor",1e300]}'`,
  output: `"output" = '"no longer what the kind gives"'`,
} as const;

export type Spoiling = keyof typeof SETS;
export const SPOILINGS = ['kind', 'input', 'output'] as const satisfies readonly Spoiling[];

/** @throws Error if there is no such way to spoil a row. */
export function spoilingSql(name: string): string {
  const spoiling = SPOILINGS.find((each) => each === name);
  if (spoiling === undefined) throw new Error(`a row cannot be spoiled by "${name}"`);
  return SETS[spoiling];
}
