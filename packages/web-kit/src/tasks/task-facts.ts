import { formatCount, formatDuration, formatName, type TaskOutput } from '@taskwire/tasks';
import { documentFacts, type Fact } from '../documents/document-facts.ts';
import { documentIngest } from './known-tasks.ts';

/** Kind and output of a task or of its live state. The server may run another version than this page. */
export interface TaskOutcome {
  kind: string;
  /** Present once the task is done. */
  output?: unknown;
  /** The stored output if it does not fit the kind's schema. */
  unreadableOutput?: unknown;
}

/** The title of a task: its file name if known, else the remembered title, else its kind. */
export function taskTitle(task: TaskOutcome, remembered?: string): string {
  return documentOf(task)?.fileName ?? remembered ?? kindTitle(task.kind);
}

/** The result of a finished `document.ingest`; undefined for other kinds and unfinished tasks. */
export function documentOf({ kind, output }: TaskOutcome): TaskOutput<typeof documentIngest> | undefined {
  return kind === documentIngest.kind ? documentIngest.output.safeParse(output).data : undefined;
}

/** A kind as a title: `document.ingest` → `Document ingest`. */
export function kindTitle(kind: string): string {
  return formatName(kind.replaceAll('.', ' '));
}

/** The kind as a note beside the title; undefined if the title is the kind. */
export function kindNote(kind: string, title: string): string | undefined {
  return kindTitle(kind) === title ? undefined : kindTitle(kind);
}

/** The result of a task as named figures; empty before there is a result. */
export function resultFacts(task: TaskOutcome, times: { startedAt?: number; endedAt?: number }): Fact[] {
  const output = task.output ?? task.unreadableOutput;
  if (output === undefined) return [];
  const document = documentOf(task);
  const facts = document === undefined ? factsIn(output) : ingestFacts(document);
  const { startedAt, endedAt } = times;
  if (startedAt === undefined || endedAt === undefined) return facts;
  return [...facts, { name: 'Time taken', value: formatDuration(endedAt - startedAt) }];
}

/** A fact for each field of an output; one fact if the output has no fields. */
function factsIn(output: unknown): Fact[] {
  const isRecord = typeof output === 'object' && output !== null && !Array.isArray(output);
  return (isRecord ? Object.entries(output) : [['result', output] as const]).map(toFact);
}

function ingestFacts(output: TaskOutput<typeof documentIngest>): Fact[] {
  const [pages, ...facts] = documentFacts(output);
  return [pages, { name: 'Chunks', value: formatCount(output.chunks) }, ...facts];
}

function toFact([name, value]: readonly [string, unknown]): Fact {
  return { name: formatName(name), value: typeof value === 'string' ? value : wordsOf(value) };
}

/** A value that is no text. Counts have groups of digits; another number is shown as it is. */
function wordsOf(value: unknown): string {
  return Number.isSafeInteger(value) ? formatCount(Number(value)) : JSON.stringify(value);
}
